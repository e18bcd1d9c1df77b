window.words = ['setup'];
