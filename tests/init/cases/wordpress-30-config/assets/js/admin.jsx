import { createRoot } from "@wordpress/element";
import { cart } from "@shop/cart";
import "./admin.scss";

createRoot(<b>{cart.title}</b>);
import("./more").then(({ more }) => log(more));
