log("two");
