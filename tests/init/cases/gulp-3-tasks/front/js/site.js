function shown() { return libraries.join(' '); }
log(shown(), typeof window.shown);
