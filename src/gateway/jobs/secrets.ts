/** Keeps keys out of whatever is written, logged or said. */

const MARK = '•••';

/** The text without the key, as it stands or as an address or a header would have it. */
export function withoutSecret(text: string, key: string | undefined): string {
  if (!key) return text;
  const forms = [key, encodeURIComponent(key), btoa(encodeURI(key)), JSON.stringify(key).slice(1, -1)];
  return [...new Set(forms)].reduce((clean, form) => clean.replaceAll(form, MARK), text);
}
