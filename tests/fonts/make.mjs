// Writes even.ttf, the only font that pages in tests have: `node tests/fonts/make.mjs [FILE]`.
// Every character is half as wide as the font is high, so a text's width follows from its length,
// whatever a machine has installed.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const UNITS = 1000;
const ADVANCE = 500;
const [ASCENT, DESCENT] = [800, 200];
const [LEFT, RIGHT, TOP] = [50, 450, 700];
const NAME = "Even";

/** The characters with a glyph; all others show the first glyph, which is as wide. */
const [FIRST, LAST] = [0x20, 0x17f];
const BLANKS = [0x20, 0xa0];
/** Glyphs: 0 is for characters that are not there, 1 is blank, 2 is a box. */
const GLYPHS = 3;

const u8 = (...values) => Buffer.from(values);
const u16 = (...values) =>
  Buffer.concat(values.map((value) => u8((value >> 8) & 255, value & 255)));
const u32 = (...values) =>
  Buffer.concat(values.map((value) => u16(Math.floor(value / 65536), value & 65535)));

function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function checksum(bytes) {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4)
    sum = (sum + padded(bytes).readUInt32BE(at)) % 2 ** 32;
  return sum;
}

/** A rectangle: one contour of four points, each coordinate as a difference to the last. */
function box() {
  const [width, height] = [RIGHT - LEFT, TOP];
  const xs = u16(LEFT, 0, width, 0);
  const ys = u16(0, height, 0, -height);
  return padded(Buffer.concat([u16(1, LEFT, 0, RIGHT, TOP, 3, 0), u8(1, 1, 1, 1), xs, ys]));
}

function glyphs() {
  const each = [box(), Buffer.alloc(0), box()];
  const starts = each.map((_, index) =>
    each.slice(0, index).reduce((sum, glyph) => sum + glyph.length, 0),
  );
  const end = each.reduce((sum, glyph) => sum + glyph.length, 0);
  return { glyf: Buffer.concat(each), loca: u32(...starts, end) };
}

/** Format 4, with the glyph of each character in a table; the second segment only says the end. */
function characters() {
  const ids = Array.from({ length: LAST - FIRST + 1 }, (_, index) =>
    BLANKS.includes(FIRST + index) ? 1 : 2,
  );
  const segments = [u16(LAST, 0xffff), u16(0), u16(FIRST, 0xffff), u16(0, 1), u16(4, 0)];
  const body = Buffer.concat([u16(4, 4, 1, 0), ...segments, u16(...ids)]);
  const table = Buffer.concat([u16(4, body.length + 6, 0), body]);
  return Buffer.concat([u16(0, 1, 3, 1), u32(12), table]);
}

function names() {
  const texts = [
    [1, NAME],
    [2, "Regular"],
    [3, `${NAME} Regular`],
    [4, NAME],
    [5, "Version 1.0"],
    [6, NAME],
  ];
  const encoded = texts.map(([id, text]) => [id, Buffer.from(text, "utf16le").swap16()]);
  let at = 0;
  const records = encoded.map(([id, text]) => {
    const record = u16(3, 1, 0x409, id, text.length, at);
    at += text.length;
    return record;
  });
  const head = u16(0, records.length, 6 + 12 * records.length);
  return Buffer.concat([head, ...records, ...encoded.map(([, text]) => text)]);
}

function os2() {
  const [weight, width] = [400, 5];
  const scripts = [ADVANCE, ADVANCE, 0, 0, ADVANCE, ADVANCE, 0, 400, 50, 300];
  return Buffer.concat([
    u16(4, ADVANCE, weight, width, 0, ...scripts, 0),
    // PANOSE, which characters there are, and who made it.
    Buffer.alloc(10), u32(3, 0, 0, 0), Buffer.from("NONE"),
    u16(0x40, FIRST, LAST, ASCENT, -DESCENT, 0, ASCENT, DESCENT), u32(1, 0),
    u16(500, TOP, 0, 0x20, 0),
  ]);
}

/** The tables, in the order of their names. */
function tables() {
  const { glyf, loca } = glyphs();
  const head = Buffer.concat([
    u32(0x10000, 0x10000, 0, 0x5f0f3cf5),
    u16(0x0b, UNITS),
    Buffer.alloc(16),
    u16(LEFT, 0, RIGHT, TOP, 0, 8, 2, 1, 0),
  ]);
  const rest = [ADVANCE, LEFT, LEFT, RIGHT, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS];
  return {
    "OS/2": os2(),
    cmap: characters(),
    glyf,
    head,
    hhea: Buffer.concat([u32(0x10000), u16(ASCENT, -DESCENT, 0, ...rest)]),
    hmtx: u16(ADVANCE, LEFT, ADVANCE, 0, ADVANCE, LEFT),
    loca,
    maxp: Buffer.concat([u32(0x10000), u16(GLYPHS, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: names(),
    post: Buffer.concat([u32(0x30000, 0), u16(-100, 50), u32(0, 0, 0, 0, 0)]),
  };
}

/** The whole file; what makes its checksum right stands in the table `head`. */
function font() {
  const entries = Object.entries(tables());
  const count = entries.length;
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.concat([
    u32(0x10000),
    u16(count, power * 16, Math.log2(power), (count - power) * 16),
  ]);
  let at = head.length + 16 * count;
  let headAt = 0;
  const directory = entries.map(([tag, bytes]) => {
    const entry = Buffer.concat([Buffer.from(tag), u32(checksum(bytes), at, bytes.length)]);
    if (tag === "head") headAt = at;
    at += padded(bytes).length;
    return entry;
  });
  const whole = Buffer.concat([head, ...directory, ...entries.map(([, bytes]) => padded(bytes))]);
  whole.writeUInt32BE((2 ** 32 + 0xb1b0afba - checksum(whole)) % 2 ** 32, headAt + 8);
  return whole;
}

writeFileSync(process.argv[2] ?? fileURLToPath(new URL("even.ttf", import.meta.url)), font());
