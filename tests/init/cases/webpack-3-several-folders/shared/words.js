module.exports = ['shared', 'words'];
