// The decoder of npm's source-map, which wants functions of its page. Each call starts another
// instance.

import start from "source-map-0.7/lib/mappings.wasm?init";

export async function decoded(mappings) {
  let count = 0;
  const { exports } = await start({ env: { mapping_callback: () => count++ } });
  const at = exports.allocate_mappings(mappings.length);
  const bytes = new Uint8Array(exports.memory.buffer, at, mappings.length);
  for (let i = 0; i < mappings.length; i++) bytes[i] = mappings.charCodeAt(i);
  const parsed = exports.parse_mappings(at);
  exports.by_generated_location(parsed);
  exports.free_mappings(parsed);
  return count;
}
