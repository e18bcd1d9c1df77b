log("cart");
