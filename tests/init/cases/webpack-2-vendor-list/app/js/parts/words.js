module.exports = ['one']
