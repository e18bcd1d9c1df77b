// Reads the mappings of a source map (version 3). Lines and columns are from 0.

export interface Mapping {
  line: number;
  column: number;
  source: number;
  sourceLine: number;
  sourceColumn: number;
}

export interface SourceMap {
  sources: string[];
  sourcesContent: (string | null)[];
  mappings: Mapping[];
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** Reads the text of a map. Pieces without a source are left out. */
export function read(text: string): SourceMap {
  const {
    sources,
    sourcesContent = [],
    mappings,
  } = JSON.parse(text) as {
    sources: string[];
    sourcesContent?: (string | null)[];
    mappings: string;
  };
  const found: Mapping[] = [];
  let [source, sourceLine, sourceColumn] = [0, 0, 0];
  mappings.split(";").forEach((pieces, line) => {
    let column = 0;
    for (const piece of pieces.split(",")) {
      const fields = decode(piece);
      if (fields.length === 0) continue;
      column += fields[0];
      if (fields.length < 4) continue;
      source += fields[1];
      sourceLine += fields[2];
      sourceColumn += fields[3];
      found.push({ line, column, source, sourceLine, sourceColumn });
    }
  });
  return { sources, sourcesContent, mappings: found };
}

/** Numbers in base 64, five bits a digit; the lowest bit of a number is its sign. */
function decode(piece: string): number[] {
  const fields: number[] = [];
  let [value, shift] = [0, 0];
  for (const digit of piece) {
    const bits = VALUES.get(digit) ?? 0;
    value |= (bits & 31) << shift;
    if ((bits & 32) !== 0) {
      shift += 5;
      continue;
    }
    fields.push((value & 1) === 1 ? -(value >>> 1) : value >>> 1);
    [value, shift] = [0, 0];
  }
  return fields;
}

/** The mapping at a place of the output, and the end of its piece on that line. */
export function atOutput({ mappings }: SourceMap, line: number, column: number) {
  let found: Mapping | undefined;
  let end: number | undefined;
  for (const mapping of mappings) {
    if (mapping.line !== line) continue;
    if (mapping.column <= column) [found, end] = [mapping, undefined];
    else end ??= mapping.column;
  }
  return found && { mapping: found, end };
}

/** All mappings of the piece of a source that holds a place. */
export function atSource(map: SourceMap, source: number, line: number, column: number): Mapping[] {
  let nearest = -1;
  for (const mapping of map.mappings) {
    if (mapping.source !== source || mapping.sourceLine !== line) continue;
    if (mapping.sourceColumn <= column) nearest = Math.max(nearest, mapping.sourceColumn);
  }
  return map.mappings.filter(
    (mapping) =>
      mapping.source === source && mapping.sourceLine === line && mapping.sourceColumn === nearest,
  );
}

/** The path of a source in the project: maps name sources relative to their own folder. */
export function pathOf(mapPath: string, source: string): string {
  const parts = mapPath.split("/").slice(0, -1);
  for (const part of source.replace(/^\w+:\/\/\/?/, "").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
