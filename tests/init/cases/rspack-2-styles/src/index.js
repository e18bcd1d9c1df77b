import './plain.css';
import * as card from './card.module.css';
import * as box from './box.css';
import item from './item.jsx';
import text from './text.txt';

log(card.card, box.box, item, text.trim());
