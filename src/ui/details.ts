/** What exactly went wrong, for whoever mends it. It holds no prompt, no picture and no key. */

/** A link can carry a whole graph; so much of an address says where a person was. */
const ENOUGH_OF_ADDRESS = 60;

/** An error by name and message; of anything else, what kind of thing it is: it may hold somebody's words. */
const named = (cause: unknown): string =>
  cause instanceof Error ? `${cause.name}: ${cause.message}` : `a ${typeof cause} that is no error`;

export function detailsOf(error: unknown): string {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const cause = thrown.cause === undefined ? [] : [`caused by ${named(thrown.cause)}`];
  const address = location.href.slice(0, location.origin.length + ENOUGH_OF_ADDRESS);
  // Chromium repeats the message at the head of the stack, the others do not.
  const stack = (thrown.stack ?? '')
    .replace(`${thrown.name}: ${thrown.message}`, '')
    .split('\n')
    .map((line) => line.trim());
  return [
    `${thrown.name}: ${thrown.message}`,
    ...cause,
    ...stack.filter(Boolean),
    '',
    address,
    navigator.userAgent,
    new Date().toISOString(),
  ].join('\n');
}

/** Whether it is on the clipboard now: a browser may refuse. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
