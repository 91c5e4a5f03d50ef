/** Functions whose code comes later than they may be called. */
type Call = (...given: never[]) => Promise<unknown> | void;

export interface Later<T> {
  /** A call waits for the code where it is not there yet; from then on it is as if it had always been there. */
  readonly calls: T;
  readonly isThere: boolean;
  /** Brings the code. After a failure the next call, or this one again, is another try. */
  come(): Promise<T>;
}

export function later<T extends { readonly [Name in keyof T]: Call }>(
  names: Readonly<Record<keyof T, true>>,
  bring: () => Promise<T>,
): Later<T> {
  let there: T | undefined;
  let coming: Promise<T> | undefined;
  const come = (): Promise<T> => {
    coming ??= bring().then(
      (brought) => (there = brought),
      (thrown: unknown) => {
        coming = undefined;
        throw thrown;
      },
    );
    return coming;
  };
  const waiting =
    (name: keyof T): Call =>
    (...given) =>
      there ? there[name](...given) : come().then((brought) => brought[name](...given));
  const calls = Object.fromEntries(Object.keys(names).map((name) => [name, waiting(name as keyof T)])) as T;
  return {
    calls,
    come,
    get isThere() {
      return there !== undefined;
    },
  };
}
