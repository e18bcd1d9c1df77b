log("list");
