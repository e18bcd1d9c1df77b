var base = (...words) => words.join(' ');
