/** What deliverables are compared with, how it is chosen, and what the figures say. */
import { ImageUp, Undo2 } from 'lucide-react';
import { useRef } from 'react';
import type { Failure } from '../../core/errors.ts';
import type { LookReference } from '../../measure/look-reference.ts';
import { useApp } from '../app-context.ts';
import type { Deliverable } from '../campaign-listing.ts';
import { Media } from '../media.tsx';
import { t, tell } from '../../words/t.ts';

export function ReferenceBar({
  reference,
  takenFrom,
  middle,
  unreadable,
  onChange,
}: {
  /** What a person chose; `takenFrom`: the graph it is a take of. */
  readonly reference: LookReference | undefined;
  readonly takenFrom: string | undefined;
  /** What all others are nearest to. */
  readonly middle: Deliverable | undefined;
  /** Why what was chosen cannot be measured. */
  readonly unreadable: Failure | undefined;
  readonly onChange: (reference: LookReference | undefined) => void;
}) {
  const { commands } = useApp();
  const chooser = useRef<HTMLInputElement>(null);
  const shown = reference && !unreadable ? reference.artifact : middle?.take.artifact;
  const take = async (file: File | undefined) => {
    const stored = file && (await commands.importFile(file, 'image'));
    if (!stored?.width || !stored.height) return;
    const { hash, mime, width, height, name } = stored;
    onChange({ kind: 'picture', name, artifact: { kind: 'image', hash, width, height, mime } });
  };
  return (
    <section className="panel campaign__reference" aria-label={t('Reference look')}>
      <div className="campaign__shown">{shown && <Media value={shown} of={t('the reference')} />}</div>
      <div className="campaign__about">
        <h2>{t('Reference look')}</h2>
        <p>{nameOfReference(unreadable ? undefined : reference, takenFrom, middle)}</p>
        {unreadable && (
          <p className="why why--bad">{t('What was chosen cannot be measured: {0}', tell(unreadable.message))}</p>
        )}
      </div>
      <div className="page__tools">
        <button className="button" type="button" onClick={() => chooser.current?.click()}>
          <ImageUp size={14} aria-hidden /> {t('Choose a picture')}
        </button>
        {reference && (
          <button className="button button--quiet" type="button" onClick={() => onChange(undefined)}>
            <Undo2 size={14} aria-hidden /> {t('Back to the middle')}
          </button>
        )}
        <input
          ref={chooser}
          type="file"
          hidden
          accept="image/*"
          aria-label={t('Picture of the reference look')}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            target.value = '';
            void take(file);
          }}
        />
      </div>
    </section>
  );
}

function nameOfReference(
  reference: LookReference | undefined,
  takenFrom: string | undefined,
  middle: Deliverable | undefined,
): string {
  const gone = t('a graph that is gone');
  if (reference)
    return reference.kind === 'picture'
      ? t('The picture “{0}”, chosen by you.', reference.name)
      : t('A take of “{0}”, chosen by you.', takenFrom ?? gone);
  return middle
    ? t('The middle of these: what all others are nearest to, of “{0}”.', middle.graph?.title ?? gone)
    : t('The middle of these, once they are measured.');
}

/** What is measured, in plain words. */
export function FiguresExplained() {
  return (
    <details className="aside campaign__explained">
      <summary>{t('What the figures say')}</summary>
      <dl>
        <dt>{t('Palette')}</dt>
        <dd>
          {t(
            'How far the colours of the picture have to move on average to become those of the reference, each share to the share it fits best: CIEDE2000, in which 1 can just be seen and 10 is another mood.',
          )}
        </dd>
        <dt>{t('Light')}</dt>
        <dd>
          {t(
            'How far its pixels have to move in lightness on average, from the darkest to the lightest: levels of L*, of which black to white is 100. Exposure, contrast and key change it.',
          )}
        </dd>
        <dt>{t('Structure')}</dt>
        <dd>
          {t(
            'How many per cent of its blocks have edges of another kind (upright, level, slanting, none), where they are and on the whole: the edge histogram of MPEG-7.',
          )}
        </dd>
        <dt>{t('Over time')}</dt>
        <dd>
          {t('Of clips: how much more, or less, the look changes while it runs than that of the reference. In steps.')}
        </dd>
        <dt>{t('Look')}</dt>
        <dd>
          {t(
            'All of it as one number: the steps of what is farthest off. A step is 12 ΔE, 10 L* or 25 %: as far as pictures of one campaign usually are apart at most. It is the figure that “Look distance” of an Acceptance node is held to.',
          )}
        </dd>
        <dt>{t('Stands out')}</dt>
        <dd>
          {t(
            'Farther off than the others by more than 3.5 of their usual deviations (median and median deviation), and by more than anyone overlooks. Three at least are needed. Against a reference you chose, more than a step is marked too.',
          )}
        </dd>
      </dl>
    </details>
  );
}
