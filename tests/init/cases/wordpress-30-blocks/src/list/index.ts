import { registerBlockType } from "@wordpress/blocks";
// The store of this package is there once its script has run.
import "@wordpress/core-data";

const name: string = "shop/list";
registerBlockType(name, { title: "List" });
