module.exports = { title: 'Titled', description: 'A page with words' };
