/**
 * A browser that is driven from outside, in whichever protocol it speaks. Both protocols take the same input actions:
 * https://www.w3.org/TR/webdriver2/#actions
 */
export interface Engine {
  readonly version: string;
  /** Where its downloads lie. */
  readonly downloads: string;
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Calls a function, given as its source, in the page. Arguments and result travel as JSON. */
  call(source: string, args: readonly unknown[]): Promise<unknown>;
  act(sources: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

/** The size of the window, in CSS pixels. */
export const WIDTH = 1500;
export const HEIGHT = 940;

/** How long a browser may take to start, and a page to load, in milliseconds. */
export const PATIENCE_MS = 60_000;
