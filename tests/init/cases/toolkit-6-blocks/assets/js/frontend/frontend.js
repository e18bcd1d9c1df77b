import "../../css/frontend/menu.scss";
import { open } from "./hours";

log("frontend", open(9), open(23));
