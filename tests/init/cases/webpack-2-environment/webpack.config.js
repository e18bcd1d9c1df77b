/* eslint-env node */
module.exports = function (env) {
  return require('./config/webpack.' + env + '.js')({ env: env })
}
