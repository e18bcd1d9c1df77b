import "./shop.scss";
import "./plain.css";
log("shop");
