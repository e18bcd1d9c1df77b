// A package that Emscripten made: it loads its file itself, by `new URL`.

import { compress, decompress, init } from "@bokuweb/zstd-wasm";

export async function roundTrip(text) {
  await init();
  const bytes = new TextEncoder().encode(text.repeat(100));
  const packed = compress(bytes, 10);
  const unpacked = new TextDecoder().decode(decompress(packed));
  return `${unpacked === text.repeat(100)} ${packed.length < bytes.length / 20}`;
}
