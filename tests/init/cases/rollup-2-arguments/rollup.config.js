import multi from '@rollup/plugin-multi-entry';

const isDark = process.argv[process.argv.length - 1] === 'dark';

export default {
  input: isDark ? ['src/dark.js'] : ['src/first.js', 'src/last.js'],
  output: { file: isDark ? 'js/dark.js' : 'js/site.js', format: 'umd', name: 'site' },
  plugins: [multi()],
};
