log("first");
