plugins.push('second');
log(plugins.join());
