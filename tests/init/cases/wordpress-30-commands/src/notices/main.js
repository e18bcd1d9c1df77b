import { last } from "lodash";

log("notices", last([1, 2]));
