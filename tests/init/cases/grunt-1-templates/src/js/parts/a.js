Gallery.parts.push('a');
