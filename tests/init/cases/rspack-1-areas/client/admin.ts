import round from '@shared/round';

declare function log(...values: unknown[]): void;

enum Level { Low = 1, High }
class Gauge { constructor(private level: Level = Level.High) {} get text(): string { return Level[this.level]; } }
log('admin', new Gauge().text, round(2.345));
