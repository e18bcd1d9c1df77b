module.exports = (grunt, { folders }) => ({
  page: { src: ['src/one.js', 'src/two.js'], dest: `${folders.out}/page.js` },
});
