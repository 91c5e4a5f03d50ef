/** The widget of a param that holds a file: chosen, dropped, or one of our samples. Loaded with the first of them. */
import { SquarePen, Trash2, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { FileParam, FileSetting } from '../../core/params.ts';
import { useApp } from '../app-context.ts';
import { filesOf } from '../dropped.ts';
import { CHOOSABLE, mediaOf } from '../file-choice.ts';
import { Media } from '../media.tsx';
import { part } from '../part.tsx';
import { t, w } from '../../words/t.ts';
import type { WidgetProps } from './widget-props.ts';
import './file-field.css';

const FolderChoice = part(() => import('./folder-choice.tsx'));

/** Pictures to try a reference with; drawn by the built-in engine. */
const SAMPLES = ['golden-field', 'night-harbour', 'studio-bottle'] as const;

const INVITATIONS: Readonly<Record<FileParam['accept'], string>> = {
  image: w('Drop a picture, or click to choose'),
  media: w('Drop a picture or a clip, or click to choose'),
  lut: w('Drop a .cube file, or click to choose'),
};

const clipInWords = ({ fps, frames, hasSound }: NonNullable<FileSetting['clip']>): string[] => [
  t('{0} s', Number((frames / fps).toFixed(2))),
  t('{0} {0|frame|frames} a second', fps),
  hasSound ? t('with sound') : t('silent'),
];

export default function FileField({ id, node, spec, value, onChange, onMany }: WidgetProps<FileParam>) {
  const { commands, workspace } = useApp();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const shown = value ? mediaOf(value) : undefined;
  const take = async (file: File | undefined) => {
    const setting = file && (await commands.importFile(file, spec.accept));
    if (setting) onChange(setting as FileSetting);
  };
  return (
    <>
      <button
        id={id}
        className="drop"
        type="button"
        aria-describedby={`${id}-file`}
        data-over={over}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setOver(false);
          void filesOf(event.dataTransfer).then((files) => {
            if (files.length > 1 && onMany) onMany(files);
            else void take(files[0]);
          });
        }}
      >
        {shown && value ? <Media value={shown} of={value.name} /> : <Upload size={18} aria-hidden />}
        <span id={`${id}-file`}>{value ? value.name : t(INVITATIONS[spec.accept])}</span>
        {value?.width && (
          <small className="muted">
            {[`${value.width} × ${value.height}`, ...(value.clip ? clipInWords(value.clip) : [])].join(', ')}
          </small>
        )}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('File for {0}', spec.label)}
        accept={CHOOSABLE[spec.accept]}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {onMany && spec.accept === 'media' && <FolderChoice onChosen={onMany} />}
      {!value && spec.accept === 'image' && (
        <div className="samples">
          <span className="muted">{t('Or take a sample:')}</span>
          {SAMPLES.map((name) => (
            <button
              key={name}
              type="button"
              aria-label={t('Sample {0}', name)}
              onClick={() =>
                void fetch(`samples/${name}.webp`)
                  .then((response) => response.blob())
                  .then((blob) => take(new File([blob], `${name}.webp`, { type: blob.type })))
              }
            >
              <img src={`samples/${name}.webp`} alt="" />
            </button>
          ))}
        </div>
      )}
      {node && shown?.kind === 'image' && (
        <button className="button button--quiet" type="button" onClick={() => workspace.setState({ drawingOn: node })}>
          <SquarePen size={13} aria-hidden /> {t('Crop, mark or mask…')}
        </button>
      )}
      {value && (
        <button className="button button--quiet" type="button" onClick={() => onChange(null)}>
          <Trash2 size={13} aria-hidden /> {t('Remove')}
        </button>
      )}
    </>
  );
}
