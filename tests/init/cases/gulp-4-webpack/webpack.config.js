module.exports = {
  mode: 'production',
  entry: { front: './src/front.js', back: './src/back.js' },
  output: { filename: '[name].bundle.js' },
  optimization: { splitChunks: { name: 'vendor', chunks: 'all' } },
};
