var path = require('path');

module.exports = {
  mode: process.env.NODE_ENV || 'development',
  entry: './src/index.js',
  output: {
    path: path.join(__dirname, 'lib'),
    filename: 'widget.js',
    library: 'Widget',
    libraryTarget: 'umd',
    // Else `window is not defined` in Node.
    globalObject: "typeof self !== 'undefined' ? self : this",
  },
  externals: [
    {
      vue: { root: 'Vue', commonjs: 'vue', commonjs2: 'vue', amd: 'vue' },
      lodash: '_',
      jquery: 'jQuery',
    },
    // Locales come with the page.
    function (context, request, callback) {
      if (/^locale\//.test(request)) {
        return callback(null, 'root Locales');
      }
      var part = /^shop\/(.+)$/.exec(request);
      if (part) {
        return callback(null, "root shop.parts['" + part[1] + "']");
      }
      callback();
    },
    /^legacy-/,
  ],
};
