// A share link: the files that differ from an example, compressed, in the fragment of the address.
// No server gets a fragment. A link may come from anybody, so `decode` checks shape and size before
// anything is used, and stops decompressing at a limit.

import { mistakeOf } from "./paths";
import type { FileChanges } from "./project";

/** Characters of a fragment. Longer addresses are cut by some programs. */
const LONGEST_FRAGMENT = 100_000;
const MOST_BYTES = 1_000_000;
const MOST_FILES = 100;

export interface Shared {
  example: string;
  edits: FileChanges;
}

/** What is wrong with a link, as a sentence for the page. */
export class LinkMistake extends Error {}

const canCompress = () => typeof CompressionStream === "function";

/** The fragment, without `#`. */
export async function encode({ example, edits }: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(
    JSON.stringify({ example, files: Object.fromEntries(edits) }),
  );
  if (bytes.length > MOST_BYTES || edits.size > MOST_FILES) throw tooLarge();
  const isCompressed = canCompress();
  const data = isCompressed ? await through(bytes, new CompressionStream("deflate")) : bytes;
  const fragment = `${isCompressed ? "z" : "t"}=${toBase64Url(data)}`;
  if (fragment.length > LONGEST_FRAGMENT) throw tooLarge();
  return fragment;
}

/** Reads a fragment. Throws a `LinkMistake`. */
export async function decode(fragment: string): Promise<Shared> {
  if (fragment.length > LONGEST_FRAGMENT) throw new LinkMistake("The link is too long.");
  const [, form, data] = /^([zt])=([\w-]+)$/.exec(fragment) ?? [];
  if (form === undefined) throw new LinkMistake("The link is not one of this page, or it was cut.");
  return checked(parsed(await unpacked(form, data)));
}

async function unpacked(form: string, data: string): Promise<string> {
  try {
    let bytes = fromBase64Url(data);
    if (form === "z") {
      if (!canCompress()) throw new LinkMistake("This browser cannot read compressed links.");
      bytes = await through(bytes, new DecompressionStream("deflate"));
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof LinkMistake) throw error;
    throw new LinkMistake("The link was cut or changed: its contents cannot be read.");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LinkMistake("The link was cut or changed: its contents cannot be read.");
  }
}

function checked(value: unknown): Shared {
  const shape = () => new LinkMistake("The link does not contain a project.");
  if (!isRecord(value)) throw shape();
  const { example, files } = value;
  if (typeof example !== "string" || !/^[a-z]{0,20}$/.test(example) || !isRecord(files))
    throw shape();
  const entries = Object.entries(files);
  if (entries.length > MOST_FILES) {
    throw new LinkMistake(`The link has more than ${MOST_FILES} files.`);
  }
  const edits: FileChanges = new Map();
  for (const [path, text] of entries) {
    const mistake = mistakeOf(path);
    if (mistake !== null) throw new LinkMistake(`The link has a file with a bad path. ${mistake}`);
    if (typeof text !== "string" && text !== null) throw shape();
    edits.set(path, text);
  }
  return { example, edits };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const tooLarge = () =>
  new LinkMistake("These files are too large for a link. Links are for up to about 100 KB.");

/** Pumps bytes through a stream, and stops at the limit: a small link may unpack to gigabytes. */
async function through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const source = new Blob([bytes as BlobPart]).stream() as ReadableStream<BufferSource>;
  const reader = source
    .pipeThrough(stream as unknown as ReadableWritablePair<Uint8Array, BufferSource>)
    .getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_BYTES) {
      reader.cancel().catch(() => {});
      throw new LinkMistake("The link unpacks to more than 1 MB.");
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  // In pieces: a call has only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
