/** Runs in the page: tells what the screen says is saved, judged and made, as soon as it says so. */

/**
 * @typedef {object} Claim what the screen says at one moment
 * @property {string} title of the graph, as it is written in its field
 * @property {boolean} saved whether everything is said to be stored
 * @property {number | null} window milliseconds from the last key stroke to "Saved", at the moment it is said
 * @property {Record<string, string>} takes what is said of each take in sight, by its seed
 * @property {number} made rows of the batch that are said to be made
 */

/** Called by Playwright in each page before anything else; `claim` is bound to the script outside. */
export function witness() {
  /** @type {number | null} */
  let typedAt = null;
  let before = '';
  addEventListener(
    'input',
    ({ target }) => {
      if (target instanceof HTMLElement && target.matches('.topbar__title')) typedAt ??= performance.now();
    },
    true,
  );

  function look() {
    const title = document.querySelector('.topbar__title');
    const saved = document.querySelector('[data-saved]')?.getAttribute('data-saved') === 'yes';
    /** @type {Record<string, string>} */
    const takes = {};
    for (const take of document.querySelectorAll('.strip .take')) {
      const seed = take.getAttribute('title')?.match(/seed (\d+)/)?.[1];
      if (seed) takes[seed] = take.getAttribute('data-fate') ?? '';
    }
    const made = document.querySelectorAll('.batch__fate[data-state="made"]').length;
    const window = saved && typedAt !== null ? performance.now() - typedAt : null;
    if (saved) typedAt = null;
    const claim = { title: title instanceof HTMLInputElement ? title.value : '', saved, window, takes, made };
    const said = JSON.stringify({ ...claim, window: null });
    if (said === before && window === null) return;
    before = said;
    /** @type {any} */ (globalThis).claim(claim);
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
}
