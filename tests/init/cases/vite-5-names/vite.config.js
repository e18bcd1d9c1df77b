import { resolve } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src',
  base: './',
  publicDir: '../static',
  build: {
    outDir: '../views',
    emptyOutDir: true,
    target: ['chrome60', 'safari11'],
    sourcemap: true,
    minify: false,
    manifest: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { main: './src/main.js', theme: resolve('src/theme.scss') },
      output: {
        entryFileNames: 'js/[name].js',
        assetFileNames: (asset) =>
          /css$/.test(asset.name) ? 'css/[name][extname]' : 'img/[name][extname]',
      },
    },
  },
});
