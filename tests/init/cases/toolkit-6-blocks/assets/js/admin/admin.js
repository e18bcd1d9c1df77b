import { addFilter } from "@wordpress/hooks";
import $ from "jquery";

addFilter("shop.title", "shop/admin", (title) => `${title}!`);
log("admin", $("body"));
