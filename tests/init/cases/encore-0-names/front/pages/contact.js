log('contact');
