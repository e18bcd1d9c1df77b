exports.name = 'part';
