/** The WebAssembly kernels of this thread, and the memory they work in. */
import { NodeError } from '../core/errors.ts';
import { KERNELS, type Kernels } from './generated/kernel-bytes.ts';

/** Where something lies in the memory of the kernels. */
type Pointer = number;

const bytes = Uint8Array.from(atob(KERNELS), (character) => character.charCodeAt(0));
const module = new WebAssembly.Module(bytes);

/** One instance of the kernels with its own memory. Use it for one job at a time: views die when memory grows. */
export class Bench {
  readonly run: Kernels = new WebAssembly.Instance(module, { env: {} }).exports as unknown as Kernels;
  #top = this.run.heapBase();

  /** Reserves zero-initialised-once memory, 16-byte aligned. Grows as needed. */
  alloc(size: number): Pointer {
    const at = (this.#top + 15) & ~15;
    // The kernels store whole vectors, so leave room for one behind the end.
    this.#top = at + size + 64;
    const missing = this.#top - this.run.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.run.memory.grow(Math.ceil(missing / 65536));
      } catch (cause) {
        throw new NodeError('out-of-memory', 'This picture needs more memory than the browser gives.', {
          hint: 'Use a smaller size.',
          cause,
        });
      }
    }
    return at;
  }

  /** Where memory stands now; give it to `release` to free everything reserved since. */
  mark(): number {
    return this.#top;
  }
  release(mark: number): void {
    this.#top = mark;
  }

  bytes(at: Pointer, length: number): Uint8Array {
    return new Uint8Array(this.run.memory.buffer, at, length);
  }
  floats(at: Pointer, length: number): Float32Array {
    return new Float32Array(this.run.memory.buffer, at, length);
  }
  ints(at: Pointer, length: number): Int32Array {
    return new Int32Array(this.run.memory.buffer, at, length);
  }
  put(data: ArrayLike<number> & { readonly length: number }, kind: 'bytes' | 'floats'): Pointer {
    const at = this.alloc(kind === 'bytes' ? data.length : data.length * 4);
    if (kind === 'bytes') this.bytes(at, data.length).set(data);
    else this.floats(at, data.length).set(data);
    return at;
  }
}

let shared: Bench | undefined;

/** Runs a job on this thread's kernels with memory of its own, freed afterwards. */
export async function withBench<T>(job: (bench: Bench) => T | Promise<T>): Promise<T> {
  const bench = shared ?? new Bench();
  shared = undefined;
  const mark = bench.mark();
  try {
    return await job(bench);
  } finally {
    bench.release(mark);
    // A job may await; whoever finishes last leaves its instance for the next. Very large memories are dropped.
    if (bench.run.memory.buffer.byteLength < 400e6) shared = bench;
  }
}
