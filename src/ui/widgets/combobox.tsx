/**
 * A field to search in and the list of what it finds: nodes, commands, sockets. Own code over the pattern of WAI-ARIA:
 * cmdk, Ariakit and Base UI come with 18 to 50 kB of what is not used here, and read keys past `keys.ts`, which knows
 * input methods and other alphabets.
 */
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { comboOf } from '../keys.ts';
import './combobox.css';

/** Longer lists are narrowed by typing. */
const MOST_SHOWN = 200;
const PAGE = 8;

interface ComboboxProps<T> {
  readonly label: string;
  readonly placeholder: string;
  /** What the list of what is found is called. */
  readonly listLabel: string;
  readonly className?: string;
  /** What fits what was typed, the best first. */
  readonly find: (words: string) => readonly T[];
  readonly idOf: (option: T) => string;
  readonly draw: (option: T) => ReactNode;
  /** What is said where nothing fits. */
  readonly nothing: (words: string) => string;
  readonly onChoose: (option: T) => void;
  /** Left by Escape or Tab, with nothing chosen. */
  readonly onLeave: () => void;
}

export function Combobox<T>(props: ComboboxProps<T>) {
  const { label, placeholder, listLabel, className, find, idOf, draw, nothing, onChoose, onLeave } = props;
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const found = find(words).slice(0, MOST_SHOWN);
  // What can be chosen may become less while the list is open.
  const highlighted = Math.min(at, found.length - 1);
  const goTo = (to: number) => {
    const next = Math.max(0, Math.min(found.length - 1, to));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const keys: Readonly<Record<string, () => void>> = {
    arrowdown: () => goTo(highlighted + 1),
    arrowup: () => goTo(highlighted - 1),
    pagedown: () => goTo(highlighted + PAGE),
    pageup: () => goTo(highlighted - PAGE),
    home: () => goTo(0),
    end: () => goTo(found.length - 1),
    enter: () => found[highlighted] !== undefined && onChoose(found[highlighted]),
    escape: onLeave,
    tab: onLeave,
    'shift+tab': onLeave,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[comboOf(event)];
    if (!act) return;
    event.preventDefault();
    // None of them is a command of the editor meanwhile.
    event.stopPropagation();
    act();
  };
  return (
    <>
      <input
        className={className}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={`${id}list`}
        aria-activedescendant={found.length > 0 ? `${id}${highlighted}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
          list.current?.scrollTo({ top: 0 });
        }}
        onKeyDown={onKeyDown}
      />
      {/* The keyboard stays in the field, also while the pointer chooses. */}
      <ul
        ref={list}
        id={`${id}list`}
        role="listbox"
        aria-label={listLabel}
        onMouseDown={(event) => event.preventDefault()}
      >
        {found.map((option, index) => (
          <li
            key={idOf(option)}
            id={`${id}${index}`}
            role="option"
            aria-selected={index === highlighted}
            // Not when it comes under a pointer that rests while the list is scrolled by the arrows.
            onPointerMove={() => setAt(index)}
            onClick={() => onChoose(option)}
          >
            {draw(option)}
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className="combobox__nothing muted" role="status">
          {nothing(words)}
        </p>
      )}
    </>
  );
}
