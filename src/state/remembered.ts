/** Small settings between visits, in `localStorage`: it may be blocked, full, or hold what somebody else wrote. */

/**
 * What is remembered under `key`, as `read` makes sense of it; `read` is given `undefined` where there is nothing.
 * Never throws.
 */
export function remembered<T>(key: string, read: (stored: unknown) => T): T {
  try {
    const text = localStorage.getItem(key);
    return read(text === null ? undefined : JSON.parse(text));
  } catch {
    return read(undefined);
  }
}

/** Remembers a value until it is replaced, where the browser lets it. Never throws. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // It lasts as long as the page then; the first screen says so where site data is blocked.
  }
}
