/**
 * Canonical JSON: equal data, equal bytes. Keys sorted, `undefined` members left out, −0 written as 0. Written straight
 * into memory
 * that is kept: a key is made in a microsecond, and text put together piece by piece would double it.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const QUOTE = 34;
const BACKSLASH = 92;
/** In bytes. */
const SHORT = 1024;

export class KeyHash {
  #bytes = new Uint8Array(4096);
  #length = 0;
  /**
   * The beginnings of the memory, by length: most of what is written is short, and a view costs more than the words in
   * it.
   */
  #views: (Uint8Array | undefined)[] = [];

  clear(): this {
    this.#length = 0;
    return this;
  }

  /** What was written, as UTF-8; valid until more is written. */
  bytes(): Uint8Array {
    const length = this.#length;
    return length < SHORT ? (this.#views[length] ??= this.#bytes.subarray(0, length)) : this.#bytes.subarray(0, length);
  }

  /** The text as it is. */
  text(text: string): this {
    const bytes = this.#room(text.length * 3);
    const start = this.#length;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 126) {
        this.#length = start + encoder.encodeInto(text, bytes.subarray(start)).written;
        return this;
      }
      bytes[start + at] = code;
    }
    this.#length = start + text.length;
    return this;
  }

  /** Throws on what JSON cannot hold (functions, cycles overflow, NaN): params and values never contain those. */
  value(value: unknown): this {
    switch (typeof value) {
      case 'string':
        return this.#quoted(value);
      case 'number':
        if (!Number.isFinite(value)) throw new TypeError(`Cannot write ${value} canonically.`);
        return this.text(value === 0 ? '0' : String(value));
      case 'boolean':
        return this.text(value ? 'true' : 'false');
      case 'object':
        if (value === null) return this.text('null');
        return Array.isArray(value) ? this.#list(value) : this.#record(value as Record<string, unknown>);
      default:
        throw new TypeError(`Cannot write a ${typeof value} canonically.`);
    }
  }

  #room(more: number): Uint8Array {
    if (this.#length + more > this.#bytes.length) {
      const larger = new Uint8Array((this.#length + more) * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#views = [];
    }
    return this.#bytes;
  }

  /** Printable ASCII without quote and backslash is as JSON what it is. */
  #quoted(text: string): this {
    const bytes = this.#room(text.length + 2);
    const start = this.#length;
    bytes[start] = QUOTE;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 32 || code > 126 || code === QUOTE || code === BACKSLASH) return this.text(JSON.stringify(text));
      bytes[start + 1 + at] = code;
    }
    bytes[start + 1 + text.length] = QUOTE;
    this.#length = start + text.length + 2;
    return this;
  }

  #list(list: readonly unknown[]): this {
    this.text('[');
    for (let at = 0; at < list.length; at++) (at ? this.text(',') : this).value(list[at] ?? null);
    return this.text(']');
  }

  /** Most records come with their keys in order, and sorting a list costs more than looking. */
  #record(record: Readonly<Record<string, unknown>>): this {
    const start = this.#length;
    let before = '';
    this.text('{');
    for (const key in record) {
      if (key < before) {
        this.#length = start;
        this.text('{');
        for (const name of Object.keys(record).sort()) this.#member(name, record[name], start);
        break;
      }
      before = key;
      this.#member(key, record[key], start);
    }
    return this.text('}');
  }

  #member(name: string, value: unknown, start: number): void {
    if (value === undefined) return;
    if (this.#length > start + 1) this.text(',');
    this.#quoted(name).text(':').value(value);
  }
}

const keyHash = new KeyHash();
/** As text; throws as `KeyHash.value` does. */
export const canonical = (value: unknown): string => decoder.decode(keyHash.clear().value(value).bytes());
