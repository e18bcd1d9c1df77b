import { defineConfig } from 'vite';
import shorthand from 'postcss-shorthand';

export default defineConfig({
  css: { postcss: { plugins: [shorthand({ name: 'mt' })] } },
  build: {
    assetsInlineLimit: 0,
    rollupOptions: {
      input: 'src/app.js',
      output: {
        entryFileNames: 'js/[name].min.js',
        assetFileNames: '[ext]/[name].min.[ext]',
      },
    },
  },
});
