/** A small strict reader of XML without namespaces, for tests: throws where a text is not well-formed. */
export function xmlShape(xml: string): { readonly names: readonly string[]; readonly texts: readonly string[] } {
  const names: string[] = [];
  const texts: string[] = [];
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml [^?]*\?>\n/, '').replace(/^<!DOCTYPE \w+>\n/, '');
  while (rest.trim()) {
    const text = rest.match(/^[^<]+/)?.[0] ?? '';
    if (/&(?!#\d+;)|>/.test(text)) throw new Error(`Not escaped: ${text}`);
    if (text.trim() && open.length === 0) throw new Error(`Outside of all elements: ${text}`);
    const said = text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    if (said.trim()) texts.push(said);
    rest = rest.slice(text.length);
    const tag = rest.match(/^<(\/?)([a-zA-Z][\w-]*)( [a-z]+="[^"<&]*")*(\/?)>/);
    if (!tag) {
      if (rest === '') break;
      throw new Error(`No tag: ${rest.slice(0, 40)}`);
    }
    const [whole, closes, name, , isEmpty] = tag as unknown as [string, string, string, string, string];
    if (closes && open.pop() !== name) throw new Error(`Closed in the wrong order: ${name}`);
    if (!closes) names.push(name);
    if (!closes && !isEmpty) open.push(name);
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) throw new Error(`Never closed: ${open.join(', ')}`);
  return { names, texts };
}
