const path = require('path');

// Reads which features are on; once this came from a server.
const features = async () => ({ search: true, chat: false });

module.exports = async () => {
  const { search, chat } = await features();
  const entry = ['./src/app.js'];
  if (search) entry.push('./src/search.js');
  if (chat) entry.push('./src/chat.js');
  return Promise.resolve({
    mode: 'production',
    entry: { app: entry },
    output: { path: path.join(__dirname, 'web'), filename: '[name].js' },
  });
};
