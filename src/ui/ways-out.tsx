/** What can be done where a part of the page has stopped. */
import { ClipboardCopy, Download, LayoutGrid, RotateCcw, RotateCw } from 'lucide-react';
import { use, useState } from 'react';
import { toFailure } from '../core/errors.ts';
import { AppContext, useFact, type App } from './app-context.ts';
import { copyText, detailsOf } from './details.ts';
import { linkTo, usePlace } from './navigation.ts';
import { t, tell } from '../words/t.ts';
import './fence.css';

/** What happened, in words, and that nothing else is touched. */
export function Happened({ error }: { readonly error: unknown }) {
  const { code, message, hint } = toFailure(error);
  return (
    <>
      <p className="stopped__why">
        {code === 'bug' ? t('A fault in this part of the app stopped it.') : tell(message)}
      </p>
      <p className="muted">
        {code === 'bug' || !hint ? t('The rest of the app goes on, and what was saved is as it was.') : tell(hint)}
      </p>
    </>
  );
}

/** Every way out; where it is the only thing on the screen, the first one stands out. */
export function WaysOut({
  error,
  onRetry,
  alone = false,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly alone?: boolean;
}) {
  // Where nothing could be composed there is no graph to export.
  const app = use(AppContext);
  const { screen } = usePlace();
  return (
    <>
      <div className="stopped__ways">
        <Retry onRetry={onRetry} standsOut={alone} />
        {app && <ExportGraph app={app} />}
        <button className="button" type="button" onClick={() => location.reload()}>
          <RotateCw size={14} aria-hidden /> {t('Reload')}
        </button>
        {screen !== 'gallery' && (
          <a className="button" href={linkTo({ screen: 'gallery' })}>
            <LayoutGrid size={14} aria-hidden /> {t('To the gallery')}
          </a>
        )}
        <CopyDetails error={error} />
      </div>
      <details className="stopped__details">
        <summary>{t('What exactly')}</summary>
        <pre tabIndex={0}>{detailsOf(error)}</pre>
      </details>
    </>
  );
}

/** Draws the part anew. */
export function Retry({ onRetry, standsOut = false }: { readonly onRetry: () => void; readonly standsOut?: boolean }) {
  return (
    <button className={standsOut ? 'button button--primary' : 'button'} type="button" onClick={onRetry}>
      <RotateCcw size={14} aria-hidden /> {t('Try again')}
    </button>
  );
}

/** Keeps what is not on disk yet, whatever else is broken. */
function ExportGraph({ app: { document, commands } }: { readonly app: App }) {
  const isOpen = useFact(document, (state) => state.id !== undefined);
  if (!isOpen) return null;
  return (
    <button className="button" type="button" onClick={() => void commands.exportGraph()}>
      <Download size={14} aria-hidden /> {t('Export this graph')}
    </button>
  );
}

/** Puts what a developer needs to know on the clipboard. */
export function CopyDetails({ error }: { readonly error: unknown }) {
  const [copied, setCopied] = useState<boolean>();
  const words = { true: t('Copied'), false: t('The clipboard refused') }[String(copied)] ?? t('Copy the details');
  return (
    <button className="button" type="button" onClick={() => void copyText(detailsOf(error)).then(setCopied)}>
      <ClipboardCopy size={14} aria-hidden /> <span>{words}</span>
    </button>
  );
}
