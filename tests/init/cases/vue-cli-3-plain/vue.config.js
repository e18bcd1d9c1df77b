module.exports = {
    baseUrl: process.env.NODE_ENV === 'production' ? '/manage/' : '/',
    outputDir: 'public/manage',
    assetsDir: 'static',
    filenameHashing: false,
    productionSourceMap: false,
    lintOnSave: false,
    devServer: {
        proxy: {
            '/api': { target: 'http://localhost:8000', changeOrigin: true }
        }
    }
}
