/** Undo and redo of the open graph. */
import { useApp, useFact } from '../app-context.ts';
import { UndoButtons } from '../widgets/undo-buttons.tsx';
import { t, tell } from '../../words/t.ts';

export function UndoEdits({ isQuiet = false }: { readonly isQuiet?: boolean }) {
  const { document } = useApp();
  const undoable = useFact(document, (state) => state.history.past.at(-1)?.label);
  const redoable = useFact(document, (state) => state.history.future[0]?.label);
  const readOnly = useFact(document, (state) => state.readOnly);
  return (
    <UndoButtons
      isQuiet={isQuiet}
      undo={{
        says: undoable ? t('Undo: {0}', tell(undoable)) : t('Nothing to undo'),
        isThere: undoable !== undefined && !readOnly,
        go: () => document.undo(),
      }}
      redo={{
        says: redoable ? t('Redo: {0}', tell(redoable)) : t('Nothing to redo'),
        isThere: redoable !== undefined && !readOnly,
        go: () => document.redo(),
      }}
    />
  );
}
