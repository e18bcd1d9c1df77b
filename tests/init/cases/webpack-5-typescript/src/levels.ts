export type Level = 1 | 2 | 3;

export function levels(top: Level): number[] {
  return Array.from({ length: top }, (_, at) => at + 1);
}
