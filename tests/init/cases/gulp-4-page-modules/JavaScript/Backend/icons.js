import Icons from '@site/core/icons.js';
import {
  shown,
} from "@site/extension/shown.min.js";

export default class MoreIcons extends Icons {
  names() { return [...super.names(), shown()].join(' '); }
}
