/** A note and a button that says something is done. */
import { useState } from 'react';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly action: string;
  readonly disabled: boolean;
  readonly onDone: (note: string) => Promise<void>;
}
export function NoteForm({ label, placeholder, action, disabled, onDone }: Props) {
  const [note, setNote] = useState('');
  return (
    <form
      className="page__tools"
      onSubmit={(event) => {
        event.preventDefault();
        void onDone(note.trim()).then(() => setNote(''));
      }}
    >
      <input
        className="field"
        aria-label={label}
        placeholder={placeholder}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <button className="button" type="submit" disabled={disabled}>
        {action}
      </button>
    </form>
  );
}
