// npm run production --section=admin builds the other one
const section = process.env.npm_config_section || 'shop';

require(`${__dirname}/resources/${section}/webpack.mix.js`);
