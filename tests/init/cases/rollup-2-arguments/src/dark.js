log("dark");
