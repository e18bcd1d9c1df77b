exports.page = (name) => `<p>${name}</p>`;
