import { find } from "@/shared";
import { daysLeft } from "../days-left";

find("#days").textContent = `Warm things: ${daysLeft(Date.now() + 86400000)}`;
