const path = require('path')

const TARGET = process.env.npm_lifecycle_event
const common = {
  entry: { app: './src/app.js' },
  output: { path: path.join(__dirname, 'dist'), filename: '[name].js' },
}

if (TARGET === 'start' || !TARGET) {
  module.exports = { ...common, devtool: 'eval-source-map' }
}

if (TARGET === 'compile') {
  module.exports = {
    ...common,
    devtool: 'source-map',
    output: { path: path.join(__dirname, 'build'), filename: 'js/[name].js' },
  }
}
