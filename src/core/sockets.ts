/** Typed sockets: where wires may end. A closed set, one colour and one shape each. */
import type { ValueKind, ValueOf } from './values.ts';

export interface SocketSpec<K extends ValueKind = ValueKind, O extends boolean = boolean, M extends boolean = boolean> {
  readonly kind: K;
  readonly label: string;
  /** May stay unconnected. */
  readonly optional: O;
  /** Takes several wires; the node receives an array in the wires' order. */
  readonly many: M;
  readonly help: string;
}
export type Sockets = Readonly<Record<string, SocketSpec>>;

interface Options {
  readonly label?: string;
  readonly optional?: boolean;
  readonly many?: boolean;
  readonly help?: string;
}
type Asked<P extends Options, N extends keyof Options> = P[N] extends true ? true : false;

const socket =
  <K extends ValueKind>(kind: K, label: string) =>
  <const P extends Options = Options>(options?: P): SocketSpec<K, Asked<P, 'optional'>, Asked<P, 'many'>> => ({
    kind,
    label: options?.label ?? label,
    optional: (options?.optional ?? false) as Asked<P, 'optional'>,
    many: (options?.many ?? false) as Asked<P, 'many'>,
    help: options?.help ?? '',
  });

/** Socket makers: `s.image()`, `s.reference({ many: true, optional: true })`. */
export const s = {
  image: socket('image', 'Image'),
  video: socket('video', 'Video'),
  file: socket('file', 'File'),
  prompt: socket('prompt', 'Prompt'),
  seed: socket('seed', 'Seed'),
  guidance: socket('guidance', 'Guidance'),
  aspect: socket('aspect', 'Aspect'),
  reference: socket('reference', 'Reference'),
  motion: socket('motion', 'Motion'),
  acceptance: socket('acceptance', 'Acceptance'),
  text: socket('text', 'Text'),
  number: socket('number', 'Number'),
} as const;

export type InputValues<I extends Sockets> = {
  readonly [N in keyof I]: I[N] extends SocketSpec<infer K, infer O, infer M>
    ? M extends true
      ? readonly ValueOf<K>[]
      : O extends true
        ? ValueOf<K> | undefined
        : ValueOf<K>
    : never;
};
/** Inputs before everything upstream is made: any single one may be missing. */
export type KnownInputs<I extends Sockets> = {
  readonly [N in keyof I]?: InputValues<I>[N] | undefined;
};
export type OutputValues<O extends Sockets> = {
  readonly [N in keyof O]: O[N] extends SocketSpec<infer K, infer Opt>
    ? Opt extends true
      ? ValueOf<K> | undefined
      : ValueOf<K>
    : never;
};
