import { defineConfig, loadEnv } from 'vite';
import laravel, { refreshPaths } from 'laravel-vite-plugin';
import path from 'path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

export default ({ mode }) => {
    const env = loadEnv(mode, process.cwd(), '');

    return defineConfig({
        plugins: [
            laravel({
                input: ['resources/css/app.css', 'resources/js/app.js'],
                refresh: [...refreshPaths, 'app/Livewire/**'],
            }),
        ],
        define: { __SITE__: JSON.stringify(env.SITE_NAME ?? 'laravel') },
        resolve: { alias: { '~tools': path.resolve(here, 'resources/tools') } },
        server: { hmr: { host: 'localhost' } },
    });
};
