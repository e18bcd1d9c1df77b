import { build } from 'esbuild';
import * as sass from 'sass';

const styles = {
  name: 'sass',
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => ({ contents: sass.compile(path).css, loader: 'css' }));
  },
};

await build({
  entryPoints: ['js/app.js'],
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  outdir: 'build/js',
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [styles],
});
