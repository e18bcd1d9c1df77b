var counter = this === window ? 'counts on the page' : 'no';
