/** XML as text: escaped, indented, the same for the same. */

/** What XML 1.0 cannot carry, however it is written, and the other control signs, which it discourages. */
const UNSAYABLE = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Cs}/gu;

export const escapedXml = (text: string): string =>
  text.replace(UNSAYABLE, '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** An element with its children, or with a text; `id` is the only attribute that is needed here. */
export interface XmlElement {
  readonly name: string;
  readonly id?: string;
  readonly content: string | readonly XmlElement[];
}

/** An element on lines of its own, indented by so many levels. */
export function xmlText({ name, id, content }: XmlElement, depth = 0): string {
  const indent = '  '.repeat(depth);
  const open = id === undefined ? name : `${name} id="${escapedXml(id)}"`;
  if (typeof content === 'string') return `${indent}<${open}>${escapedXml(content)}</${name}>\n`;
  if (content.length === 0) return `${indent}<${open}/>\n`;
  return `${indent}<${open}>\n${content.map((child) => xmlText(child, depth + 1)).join('')}${indent}</${name}>\n`;
}
