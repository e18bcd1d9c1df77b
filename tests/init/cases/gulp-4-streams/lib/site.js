log("site");
