log("calendar");
