/** The picture of a step: one of what was made on the graph, or the graph itself, small enough for a lesson's file. */
import { Images, Workflow, X } from 'lucide-react';
import { useState } from 'react';
import type { ArtifactHash } from '../../core/ids.ts';
import type { DraftStep } from '../../lessons/lesson-draft.ts';
import { useApp, useFact } from '../app-context.ts';
import { useUrl } from '../media.tsx';
import { t } from '../../words/t.ts';
import { DraftField } from './draft-fields.tsx';
import { pictureOfClip, pictureOfGraph, pictureOfImage } from './step-pictures.ts';

/** The newest of them. */
const MOST_OFFERED = 8;

interface Props {
  readonly step: DraftStep;
  readonly language: string;
  readonly onChange: (change: Partial<DraftStep>, field?: string) => void;
  readonly onRemove: () => void;
}
export function WritingPicture({ step, language, onChange, onRemove }: Props) {
  const { document, desk, registry, urls } = useApp();
  const takes = useFact(desk, (state) => state.takes);
  const [isOpen, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const { picture } = step;
  const made = takes.flatMap(({ artifact }) => artifact ?? []);
  const offered = [...new Map(made.map((value) => [value.hash, value])).values()].slice(-MOST_OFFERED).toReversed();
  const take = async (drawing: Promise<string | undefined>) => {
    const source = await drawing.catch(() => undefined);
    setFailed(source === undefined);
    if (source === undefined) return;
    onChange({ picture: { source, alt: picture?.alt ?? {} } });
    setOpen(false);
  };
  const takeStored = async (value: (typeof offered)[number]) => {
    const held = urls.hold(value.hash);
    const url = await held.url;
    await take(
      url === undefined
        ? Promise.resolve(undefined)
        : value.kind === 'image'
          ? pictureOfImage(url)
          : pictureOfClip(url),
    );
    held.release();
  };
  return (
    <div className="writing__picture">
      {picture && (
        <div className="writing__line">
          <img src={picture.source} alt={t('Picture of the step')} />
          <DraftField
            label={t('What the picture shows')}
            help={t('For whoever cannot see it.')}
            text={picture.alt}
            language={language}
            longest={160}
            onChange={(alt) => onChange({ picture: { ...picture, alt } }, 'alt')}
          />
          <button
            className="button button--quiet button--icon"
            type="button"
            aria-label={t('Remove the picture')}
            onClick={onRemove}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      )}
      <button className="button button--quiet" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Images size={14} aria-hidden /> {picture ? t('Another picture') : t('Add a picture')}
      </button>
      {isOpen && (
        <ul className="writing__pictures" aria-label={t('Pictures there are')}>
          <li>
            <button
              className="button"
              type="button"
              onClick={() => void take(pictureOfGraph(document.getState().graph, registry))}
            >
              <Workflow size={14} aria-hidden /> {t('The graph')}
            </button>
          </li>
          {offered.map((value, at) => (
            <li key={value.hash}>
              <button
                type="button"
                aria-label={t('Take {0} of {1}', at + 1, offered.length)}
                onClick={() => void takeStored(value)}
              >
                <Small hash={value.hash} isClip={value.kind === 'video'} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {failed && <p role="alert">{t('This picture is no longer stored. Run the graph again.')}</p>}
    </div>
  );
}

function Small({ hash, isClip }: { readonly hash: ArtifactHash; readonly isClip: boolean }) {
  const url = useUrl(hash);
  if (!url) return null;
  return isClip ? <video src={url} muted playsInline preload="metadata" /> : <img src={url} alt="" decoding="async" />;
}
