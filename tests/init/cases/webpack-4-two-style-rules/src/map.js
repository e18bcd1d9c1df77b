import "./map.css";
log("map");
