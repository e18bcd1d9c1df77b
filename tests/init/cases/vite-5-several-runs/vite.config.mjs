import { defineConfig, mergeConfig } from 'vite';
import { viteExternalsPlugin } from 'vite-plugin-externals';

const entries = { cart: './js/cart.js', menu: './js/menu.js', shop: './js/shop.js' };

// Rollup writes one classic script at a time.
export default defineConfig(({ mode }) => {
  const name = process.env.ENTRY ?? mode;
  const shared = { build: { outDir: './assets', emptyOutDir: false } };
  return mergeConfig(shared, {
    define: { NAME: JSON.stringify(name) },
    plugins: [viteExternalsPlugin({ vue: 'Vue', 'site-tools': ['window', 'Site', 'tools'] })],
    build: {
      rollupOptions: {
        input: { [name]: entries[name] },
        output: { entryFileNames: 'js/[name].min.js', format: 'iife' },
      },
    },
  });
});
