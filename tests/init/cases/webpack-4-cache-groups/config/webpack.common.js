const path = require('path')
const HtmlWebpackPlugin = require('html-webpack-plugin')

const pages = [
  { name: 'index', title: 'Our shop' },
  { name: 'admin', title: 'Administration' },
]

module.exports = {
  entry: pages.reduce((entry, { name }) => Object.assign(entry, { [name]: `./src/${name}.js` }), {}),
  output: {
    path: path.resolve(__dirname, '../dist'),
  },
  plugins: pages.map(({ name, title }) => new HtmlWebpackPlugin({
    title,
    template: path.resolve(__dirname, '..', 'src', 'page.html'),
    filename: `${name}.html`,
    chunks: ['vendors', 'charts', name],
    chunksSortMode: 'auto',
  })),
}
