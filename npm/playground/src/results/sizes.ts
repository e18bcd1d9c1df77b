// Sizes of outputs, as they are and after gzip, in words.

/** `1.2 kB`, as the command line prints sizes. */
export function inWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

/** Bytes after gzip; `null` in a browser that cannot compress. */
export async function gzipped(contents: Uint8Array): Promise<number | null> {
  if (typeof CompressionStream !== "function") return null;
  const stream = new Blob([contents as BlobPart])
    .stream()
    .pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}
