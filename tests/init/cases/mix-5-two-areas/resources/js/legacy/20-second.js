legacy = legacy + 1;
log('legacy', legacy, this === window);
