log("one");
