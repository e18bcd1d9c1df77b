export default ['common', 'words'];
