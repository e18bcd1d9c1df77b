import './app.css';
import shader from 'blur.glsl';
import face from './face.woff2';
import rows from './rows.csv';
import big from './big.svg';

log(shader.trim());
log(face.slice(0, 9), rows, big, new URL('./dot.gif', import.meta.url).href.slice(0, 15));
