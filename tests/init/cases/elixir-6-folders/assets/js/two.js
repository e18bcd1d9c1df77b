words.push('two');
log(words.join());
