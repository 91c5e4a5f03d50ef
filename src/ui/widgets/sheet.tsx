/** A modal dialog over the page, drawn only while it is open. Every dialog of the app is one. */
import { useId, useRef, type KeyboardEventHandler, type MouseEvent, type ReactNode } from 'react';
import { useModal, type Beginning } from '../focus.ts';
import './sheet.css';

interface SheetProps {
  /** What it is called. */
  readonly heading: string;
  /** Unseen where the sheet shows in another way what it is: then it is only read out. */
  readonly headingIs?: 'seen' | 'unseen';
  /** Buttons in the line of the heading. */
  readonly beside?: ReactNode;
  readonly className?: string;
  /** Without one: at its first control. */
  readonly begin?: Beginning;
  /** A click beside it does not close it: what it shows cannot be had again. */
  readonly staysOpen?: boolean;
  readonly onKeyDown?: KeyboardEventHandler;
  /** Escape, or a click beside it. It is closed by not being drawn any more. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Sheet({
  heading,
  headingIs = 'seen',
  beside,
  className = 'sheet',
  begin,
  staysOpen = false,
  onKeyDown,
  onClose,
  children,
}: SheetProps) {
  const name = useId();
  const dialog = useModal(begin);
  const pressedBeside = useRef(false);
  const title = (
    <h2 id={name} className={headingIs === 'unseen' ? 'unseen' : undefined}>
      {heading}
    </h2>
  );
  return (
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={name}
      tabIndex={begin === 'top' ? -1 : undefined}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        // A file that was not chosen is cancelled too, and says so further up.
        if (event.target !== event.currentTarget) return;
        // Not by the browser: it would give the focus back as if a person had gone there.
        event.preventDefault();
        onClose();
      }}
      onClose={onClose}
      onPointerDown={(event) => void (pressedBeside.current = isBeside(event))}
      onClick={(event) => {
        // Text may be selected in it and let go of beside it.
        if (!staysOpen && pressedBeside.current && isBeside(event)) onClose();
      }}
    >
      {beside ? (
        <header>
          {title}
          {beside}
        </header>
      ) : (
        title
      )}
      {children}
    </dialog>
  );
}

/** On the backdrop, which is of the dialog's element as its padding is. */
function isBeside(event: MouseEvent<HTMLDialogElement>): boolean {
  if (event.target !== event.currentTarget) return false;
  const { left, top, right, bottom } = event.currentTarget.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}
