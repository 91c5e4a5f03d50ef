/** The few globals that exist alike in Node, pages and workers; pure code may use these and no others. */
declare const crypto: { getRandomValues<T extends ArrayBufferView>(array: T): T };
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports?: object);
    readonly exports: unknown;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
}
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  throwIfAborted(): void;
}
declare class TextEncoder {
  encodeInto(text: string, into: Uint8Array): { readonly written: number };
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
