vendor.push('two');
log(vendor.join());
