/** Parts of the app that come over the network when they are needed. */

/** Asks twice: a connection may fail for a moment. What is thrown then, `toFailure` puts into words. */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    return load();
  }
}
