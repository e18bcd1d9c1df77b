module.exports = {
  form: { input: './src/form.js', output: { file: 'public/js/form.min.js', format: 'iife' } },
};
