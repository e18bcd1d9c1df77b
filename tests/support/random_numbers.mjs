// Seeded chance: the same seed gives the same program on every machine.

/** A function `pick(n)` that gives a whole number below `n` (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** All orders of up to `limit` things; of more, the given one, the reverse, and `count` others. */
export function permutations(things, limit, count, pick) {
  if (things.length <= limit) return all(things);
  const orders = [things, [...things].reverse()];
  for (let at = 0; at < count; at++) orders.push(shuffled(things, pick));
  return orders;
}

function all(things) {
  if (things.length === 0) return [[]];
  return things.flatMap((thing, at) =>
    all(things.toSpliced(at, 1)).map((rest) => [thing, ...rest]),
  );
}

export function shuffled(things, pick) {
  const order = [...things];
  for (let at = order.length - 1; at > 0; at--) {
    const other = pick(at + 1);
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

/** Runs a check that gives problems, for `count` seeds. Prints the first ones, and exits by them. */
export async function report(check, first, count) {
  const problems = [];
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
    try {
      problems.push(...(await check(seed)));
    } catch (error) {
      problems.push(`seed ${seed}: ${error.stderr ?? error.stack}`);
    }
  }
  process.stdout.write(
    problems.slice(0, 3).join("\n\n") +
      (problems.length > 0 ? `\n${problems.length} differences\n` : ""),
  );
  process.exitCode = problems.length > 0 ? 1 : 0;
}
