/** What the browser did not let onto the clipboard, to be copied by hand. */
import { useEffect, useRef } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { t } from '../../words/t.ts';

export function ByHand() {
  const { workspace } = useApp();
  const text = useFact(workspace, (state) => state.byHand);
  return text === undefined ? null : <OpenByHand text={text} />;
}

function OpenByHand({ text }: { readonly text: string }) {
  const { workspace } = useApp();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const close = () => workspace.setState({ byHand: undefined });
  return (
    <Sheet heading={t('Copy this link')} staysOpen onClose={close}>
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
    </Sheet>
  );
}
