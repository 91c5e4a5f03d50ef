/** What the browser did not let onto the clipboard, to be copied by hand. */
import { useEffect, useRef } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { useModal } from '../focus.ts';
import { t } from '../../words/t.ts';
import '../theme/sheet.css';

export function ByHand() {
  const { workspace } = useApp();
  const text = useFact(workspace, (state) => state.byHand);
  return text === undefined ? null : <Sheet text={text} />;
}

function Sheet({ text }: { readonly text: string }) {
  const { workspace } = useApp();
  const dialog = useModal();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const close = () => workspace.setState({ byHand: undefined });
  return (
    <dialog ref={dialog} className="sheet" aria-label={t('Copy this link')} onClose={close}>
      <h2>{t('Copy this link')}</h2>
      <p className="muted">
        {t(
          'The browser did not let Triptych write to the clipboard. The link is selected: press Ctrl+C (⌘C on a Mac).',
        )}
      </p>
      <textarea
        ref={field}
        className="field tabular"
        rows={6}
        readOnly
        aria-label={t('Link with this graph')}
        value={text}
      />
      <div className="sheet__foot">
        <button className="button" type="button" onClick={close}>
          {t('Close')}
        </button>
      </div>
    </dialog>
  );
}
