declare const __LEVEL__: 1 | 2 | 3;
declare const __NAME__: string;
declare function log(...values: unknown[]): void;
