import { total, TAX } from "./price.js";

document.getElementById("total").textContent = total([12, 30]).toFixed(2) + ` (${TAX * 100} % tax)`;
