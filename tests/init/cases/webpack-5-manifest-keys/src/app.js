import "./app.css";
log("app");
