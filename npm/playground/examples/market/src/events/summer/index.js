import { find } from "@/shared";
import { daysLeft } from "../days-left";

find("#days").textContent = `Summer sale: ${daysLeft(Date.now() + 3 * 86400000)}`;
