log('front');
