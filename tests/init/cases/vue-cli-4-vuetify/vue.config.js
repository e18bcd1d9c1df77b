module.exports = {
  filenameHashing: false,
  css: {
    loaderOptions: {
      sass: { prependData: '@import "@/styles/brand"' },
      scss: { prependData: '@import "@/styles/brand";' },
    },
  },
}
