/**
 * Style sheets that did not come. The bundler asks for each of them once, and takes it for loaded afterwards: without
 * this a part would come without its looks when it is asked for again.
 */
const lost = new Set<string>();

/** Notes which sheets do not come, for as long as the page lives. */
export function watchSheets(): void {
  const note = ({ target }: Event) => {
    if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return;
    lost.add(target.href);
    target.remove();
  };
  // Such an error does not bubble.
  document.addEventListener('error', note, { capture: true });
}

/** The addresses of those that have not come so far. */
export const lostSheets = (): readonly string[] => [...lost];

/** Asks again for all of them; throws, as the bundler does, if one of `needed` still does not come. */
export async function bringLostSheets(needed: readonly string[]): Promise<void> {
  await Promise.all(lostSheets().map(bring));
  const missing = needed.find((sheet) => lost.has(sheet));
  if (missing !== undefined) throw new Error(`Unable to preload CSS for ${missing}`);
}

function bring(sheet: string): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = sheet;
  return new Promise((done) => {
    link.addEventListener('load', () => {
      lost.delete(sheet);
      done();
    });
    link.addEventListener('error', () => done());
    document.head.append(link);
  });
}
