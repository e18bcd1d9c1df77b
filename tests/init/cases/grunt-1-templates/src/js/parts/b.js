Gallery.parts.push('b');
log(Gallery.parts.join(), window.Gallery === Gallery);
