const make = (name, properties, text) => `${name} ${text}`;

export default <li>one</li>;
