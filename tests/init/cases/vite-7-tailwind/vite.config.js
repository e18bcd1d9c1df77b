import { defineConfig } from 'vite';
import tailwindcss from '@tailwindcss/vite';

export default defineConfig({
  plugins: [tailwindcss()],
  build: {
    rollupOptions: {
      input: ['src/site.css', 'src/print.css'],
      output: { assetFileNames: '[name][extname]' },
    },
  },
});
