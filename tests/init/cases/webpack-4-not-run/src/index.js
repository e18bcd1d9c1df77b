log('built', VERSION, typeof COMMIT);
