/**
 * Compiler configuration
 *
 * @type {import('@roots/bud').Config}
 */
export default async (app) => {
  app
    .entry('app', ['@scripts/app', '@styles/app'])
    .entry('editor', ['@scripts/editor', '@styles/editor'])
    .entry({ gallery: ['@scripts/blocks/gallery'], print: '@styles/print' })
    .assets(['images']);

  app.setPublicPath('/app/themes/sage/public/');

  app
    .setUrl('http://localhost:3000')
    .setProxyUrl('http://example.test')
    .watch(['resources/views', 'app'])
    .provide({ jquery: ['$', 'jQuery'] })
    .when(app.isProduction, ({ hash }) => app.hash('[contenthash:8]'), () => app.devtool());

  app.wpjson
    .setSettings({
      color: { custom: false, defaultPalette: false },
      typography: { customFontSize: false },
    })
    .enable();
};
