import { defineConfig } from 'vite';
import { viteExternalsPlugin } from 'vite-plugin-externals';

const entries = { cart: './js/cart.js', menu: './js/menu.js', shop: './js/shop.js' };

// Rollup writes one classic script at a time.
export default defineConfig(({ mode }) => {
  const name = process.env.ENTRY ?? mode;
  return {
    define: { NAME: JSON.stringify(name) },
    plugins: [viteExternalsPlugin({ vue: 'Vue', 'site-tools': ['window', 'Site', 'tools'] })],
    build: {
      outDir: './assets',
      emptyOutDir: false,
      rollupOptions: {
        input: { [name]: entries[name] },
        output: { entryFileNames: 'js/[name].min.js', format: 'iife' },
      },
    },
  };
});
