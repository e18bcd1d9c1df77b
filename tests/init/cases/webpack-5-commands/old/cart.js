var cart = 1;
