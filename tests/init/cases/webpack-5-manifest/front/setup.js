window.order = ['setup'];
