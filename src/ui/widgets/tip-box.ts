/** The box a tip is shown in: one for the page, above everything else on it. */
import { keepBeside } from '../beside.ts';
import type { Tip } from './tip-text.ts';
import './tip-box.css';

/** Is in the page only while it shows something. */
export class TipBox {
  /** What its tip belongs to. */
  anchor: Element | undefined;
  readonly #element = window.document.createElement('div');
  #follow: (() => void) | undefined;
  readonly #changes = new MutationObserver(() => this.#read());

  constructor() {
    this.#element.className = 'tip';
    this.#element.role = 'tooltip';
    this.#element.popover = 'manual';
  }

  show({ anchor, text }: Tip): void {
    this.hide();
    this.anchor = anchor;
    this.#element.textContent = text;
    // Outside a modal dialog it would be dead to the pointer, and not be read.
    (anchor.closest('dialog[open]') ?? window.document.body).append(this.#element);
    this.#element.showPopover();
    const onGone = () => this.hide();
    this.#follow = keepBeside(anchor, this.#element, { placement: 'bottom', gap: 6, onGone });
    this.#changes.observe(anchor, { attributeFilter: ['data-tip'] });
  }

  hide(): void {
    this.anchor = undefined;
    this.#follow?.();
    this.#changes.disconnect();
    this.#element.remove();
  }

  holds(target: Element): boolean {
    return this.#element.contains(target);
  }

  #read(): void {
    const text = this.anchor?.getAttribute('data-tip');
    if (text) this.#element.textContent = text;
    else this.hide();
  }
}
