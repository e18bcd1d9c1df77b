module.exports = { content: ['./resources/**/*.blade.php', './resources/**/*.js'], theme: { extend: {} }, plugins: [] };
