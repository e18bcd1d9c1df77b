export default ['one'];
