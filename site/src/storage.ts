// What the reader chose, kept in the browser where it allows that: storage may be turned off, full,
// or missing for pages opened from the disk.

export function read(key: string): string | null {
  try {
    return localStorage.getItem(`bundle-docs:${key}`);
  } catch {
    return null;
  }
}

export function write(key: string, value: string): void {
  try {
    localStorage.setItem(`bundle-docs:${key}`, value);
  } catch {
    // The choice then holds for this page only.
  }
}
