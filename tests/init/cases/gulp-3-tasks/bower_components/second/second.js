(function (root) { root.libraries.push('second'); })(this);
