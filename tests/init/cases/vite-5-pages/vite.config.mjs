import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname ?? resolve('.');

// https://vitejs.dev/config/
export default defineConfig(({ command, mode }) => ({
  base: mode === 'production' ? '/site/' : '/',
  resolve: {
    alias: [
      { find: '@', replacement: resolve('src') },
      { find: /^old-(.*)$/, replacement: 'new-$1' },
    ],
  },
  css: { preprocessorOptions: { scss: { additionalData: '$ink: #222324;' } } },
  define: { __COMMAND__: JSON.stringify(command) },
  build: {
    sourcemap: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        main: resolve('index.html'),
        about: resolve('about/index.html'),
      },
    },
  },
}));
