export default [300]
