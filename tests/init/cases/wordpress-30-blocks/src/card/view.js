import $ from "jquery";
import { last } from "lodash";

log($(".shop-card"), last([1, 2]));
