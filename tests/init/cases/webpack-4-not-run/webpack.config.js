const fs = require('fs');
const path = require('path');
const { execSync } = require('child_process');

fs.writeFileSync(path.join(__dirname, 'version.txt'), '1.0.0');
const commit = execSync('git rev-parse HEAD > commit.txt').toString();
if (!fs.existsSync(path.join(__dirname, '.env'))) {
  throw new Error('copy .env.example to .env first');
}

module.exports = {
  mode: 'production',
  entry: './src/index.js',
  output: { path: path.resolve(__dirname, 'dist') },
  plugins: [new (require('webpack').DefinePlugin)({ COMMIT: JSON.stringify(commit), VERSION: '"1.0"' })],
};
