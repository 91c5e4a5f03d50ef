/** Keeps keys out of whatever is written, logged or said. */

const MARK = '•••';
const SHORTEST_SECRET = 8;

/** The text without the key, as it stands or as an address or a header would have it. */
export function withoutSecret(text: string, key: string | undefined): string {
  // A short one is a word that answers may hold anyway, as servers on one's own computer are given.
  if (!key || key.length < SHORTEST_SECRET) return text;
  const forms = [key, encodeURIComponent(key), btoa(encodeURI(key)), JSON.stringify(key).slice(1, -1)];
  return [...new Set(forms)].reduce((clean, form) => clean.replaceAll(form, MARK), text);
}
