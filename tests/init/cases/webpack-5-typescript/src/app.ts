import { Level, levels } from './levels';
import './app.css';

declare const __LEVEL__: Level;
declare const __NAME__: string;
declare function log(...values: unknown[]): void;

log(__NAME__, levels(__LEVEL__).join('>'));
