plugins.push('last');
log(plugins.join());
