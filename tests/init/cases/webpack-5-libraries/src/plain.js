log("plain", typeof Theme.default, Theme.events[0], typeof maps);
