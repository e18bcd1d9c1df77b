// Source maps of plugins: those of several transforms, one after the other, become one.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Returns one map of the maps of all transforms, the first first, as JSON; null if one is missing. */
function combined(maps, source) {
  if (maps.length === 0 || maps.includes(null)) return null;
  let lines;
  try {
    const [first, ...rest] = maps.map((map) =>
      decoded(typeof map === "string" ? JSON.parse(map) : map),
    );
    lines = rest.reduce(
      (before, after) => after.map((segments) => through(segments, before)),
      first,
    );
  } catch {
    return null;
  }
  if (lines.every((segments) => segments.length === 0)) return null;
  return JSON.stringify({ version: 3, sources: [source], names: [], mappings: encoded(lines) });
}

/** Returns for each line its segments: [column], or [column, line and column of the source]. */
function decoded({ mappings }) {
  if (Array.isArray(mappings))
    return mappings.map((line) => line.map(([at, , ...place]) => [at, ...place.slice(0, 2)]));
  let [line, column] = [0, 0];
  return String(mappings)
    .split(";")
    .map((text) => {
      let at = 0;
      return text
        .split(",")
        .filter(Boolean)
        .map((segment) => {
          const fields = numbers(segment);
          at += fields[0];
          if (fields.length < 4) return [at];
          line += fields[2];
          column += fields[3];
          return [at, line, column];
        });
    });
}

function numbers(text) {
  const found = [];
  let [value, shift] = [0, 1];
  for (const digit of text) {
    const bits = DIGITS.indexOf(digit);
    if (bits < 0) throw new Error("no map");
    value += (bits & 31) * shift;
    shift *= 32;
    if (bits & 32) continue;
    found.push(value % 2 ? -Math.floor(value / 2) : value / 2);
    [value, shift] = [0, 1];
  }
  return found;
}

/** Leads segments of a text to where the text before it came from. */
function through(segments, before) {
  return segments.map(([at, line, column]) => {
    const candidates = before[line] || [];
    let [low, high] = [0, candidates.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (candidates[middle][0] <= column) low = middle + 1;
      else high = middle;
    }
    const found = candidates[low - 1];
    return found === undefined || found.length < 3 ? [at] : [at, found[1], found[2]];
  });
}

function encoded(lines) {
  let [line, column] = [0, 0];
  return lines
    .map((segments) => {
      let before = 0;
      const texts = segments.map(([at, ...place]) => {
        let text = digits(at - before);
        before = at;
        if (place.length === 2) {
          text += `A${digits(place[0] - line)}${digits(place[1] - column)}`;
          [line, column] = place;
        }
        return text;
      });
      return texts.join(",");
    })
    .join(";");
}

function digits(number) {
  let rest = number < 0 ? -number * 2 + 1 : number * 2;
  let text = "";
  do {
    const more = rest >= 32;
    text += DIGITS[(rest % 32) + (more ? 32 : 0)];
    rest = Math.floor(rest / 32);
    if (!more) return text;
  } while (true);
}
