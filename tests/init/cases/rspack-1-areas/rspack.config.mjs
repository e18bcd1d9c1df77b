import path from 'node:path';
import { defineConfig } from '@rspack/cli';
import { rspack } from '@rspack/core';
import { RspackManifestPlugin } from 'rspack-manifest-plugin';

/** JSX and TypeScript by SWC, which Rspack contains. */
const swc = (syntax) => ({
  loader: 'builtin:swc-loader',
  options: {
    jsc: {
      parser: { syntax, tsx: true, jsx: true },
      transform: { react: { runtime: 'automatic', importSource: 'tiny' } },
    },
    env: { targets: 'ie 11' },
  },
});

export default defineConfig((env, { mode }) => ({
  mode,
  context: path.resolve('client'),
  entry: { shop: './shop.jsx', admin: { import: './admin.ts' }, print: './print.scss' },
  output: { path: path.resolve('public/build'), publicPath: '/build/', filename: 'js/[name].js', clean: true },
  lazyCompilation: false,
  resolve: { extensions: ['...', '.ts', '.jsx'], alias: { '@shared': path.resolve('client/shared') } },
  module: {
    rules: [
      { test: /\.jsx$/, use: [swc('ecmascript')] },
      { test: /\.ts$/, use: [swc('typescript')] },
      { test: /\.s?css$/, use: [rspack.CssExtractRspackPlugin.loader, 'css-loader', 'sass-loader'] },
    ],
  },
  plugins: [
    new rspack.CssExtractRspackPlugin({ filename: 'css/[name].css' }),
    new rspack.DefinePlugin({ CURRENCY: JSON.stringify('€') }),
    new rspack.ProvidePlugin({ round: ['@shared/round', 'default'] }),
    new rspack.CopyRspackPlugin({ patterns: [{ from: 'robots.txt' }] }),
    new RspackManifestPlugin({ fileName: 'assets.json' }),
  ],
  optimization: {
    minimizer: [
      new rspack.SwcJsMinimizerRspackPlugin({ minimizerOptions: { compress: { drop_console: mode === 'production' } } }),
      new rspack.LightningCssMinimizerRspackPlugin(),
    ],
  },
}));
