module.exports = { title: 'Paged' }
