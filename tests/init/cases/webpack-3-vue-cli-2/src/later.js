export default 'later'
