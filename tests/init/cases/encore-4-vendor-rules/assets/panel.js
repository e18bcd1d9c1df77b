import chart from 'chart';
import './panel.css';
log('panel', chart, words.join());
