export default ['a', 'b']
