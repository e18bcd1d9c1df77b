import { Level, levels } from './levels';
import './app.css';

log(__NAME__, levels(__LEVEL__).join('>'));
