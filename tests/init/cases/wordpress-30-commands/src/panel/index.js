import { __ } from "@wordpress/i18n";
import "./panel.scss";

log("panel", __("Panel"));
