'use strict'
process.env.NODE_ENV = 'production'
require('fs').writeFileSync('was-run', 'build.js')
