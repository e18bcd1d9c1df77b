log("last");
