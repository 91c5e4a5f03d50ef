/** What is done on a card, beyond looking at it: loaded once a card needs it. */
import { NodeResizeControl } from '@xyflow/react';
import { ChevronDown, ChevronUp, Download, SquarePen, TriangleAlert, Upload } from 'lucide-react';
import { Suspense, useId, useLayoutEffect, useRef, useState, type DragEvent } from 'react';
import { toggleUnfolded } from '../../graph/card-look.ts';
import { renameNode, setParam } from '../../graph/edits.ts';
import type { GraphNode } from '../../graph/graph.ts';
import type { Failure } from '../../core/errors.ts';
import type { NodeId } from '../../core/ids.ts';
import { NARROWEST_CARD, WIDEST_CARD } from '../../core/limits.ts';
import type { NodeFace } from '../../core/node.ts';
import { parseParams, type FileParam, type FileSetting } from '../../core/params.ts';
import type { FileValue } from '../../core/values.ts';
import { useApp, useFact } from '../app-context.ts';
import { CHOOSABLE } from '../file-choice.ts';
import { keyOf } from '../keys.ts';
import { part } from '../part.tsx';
import { ParamField } from '../panels/param-field.tsx';
import { fileSize } from '../units.ts';
import { FileButton } from '../widgets/file-button.tsx';
import { named, tip, tipToStopAt } from '../widgets/tip.ts';
import { t, tell, w } from '../../words/t.ts';
import './card-hands.css';

/** Params that are set on the card, each on a line. */
export function CardControls({
  id,
  node,
  definition,
  names,
}: {
  readonly id: NodeId;
  readonly node: GraphNode;
  readonly definition: NodeFace;
  readonly names: readonly string[];
}) {
  const all = parseParams(definition.params, node.params).values as Readonly<Record<string, unknown>>;
  return (
    <div className="controls nodrag nopan">
      {names.map((name) => (
        <Control key={name} {...{ id, definition, name, all }} />
      ))}
    </div>
  );
}
function Control({
  id,
  definition,
  name,
  all,
}: {
  readonly id: NodeId;
  readonly definition: NodeFace;
  readonly name: string;
  readonly all: Readonly<Record<string, unknown>>;
}) {
  const field = useId();
  const spec = definition.params[name]!;
  const label = t('{0} on the card', spec.label);
  return (
    <div className="controls__line" role="group" aria-label={label}>
      {spec.kind !== 'toggle' && (
        <label htmlFor={field} {...tip(spec.label)}>
          {spec.label}
        </label>
      )}
      <ParamField
        id={field}
        node={id}
        definition={definition}
        name={name}
        spec={spec}
        value={all[name]}
        all={all}
        isFed={false}
        isCompact
      />
    </div>
  );
}

export function FoldButton({ id, of, isOpen }: { readonly id: NodeId; readonly of: string; readonly isOpen: boolean }) {
  const { document } = useApp();
  const Chevron = isOpen ? ChevronUp : ChevronDown;
  return (
    <button
      className="node__fold nodrag"
      type="button"
      aria-expanded={isOpen}
      {...named(isOpen ? t('Fold the params of {0}', of) : t('Unfold the params of {0}', of))}
      onClick={() =>
        document.edit(isOpen ? w('Fold params') : w('Unfold params'), (draft) => toggleUnfolded(draft, id))
      }
    >
      <Chevron size={14} aria-hidden />
    </button>
  );
}

/** A file that is made: how large it is, and where it is got. */
export function FileFoot({ file, stale }: { readonly file: FileValue | undefined; readonly stale: boolean }) {
  const { commands } = useApp();
  return (
    <div className="node__foot">
      <span {...tipToStopAt(file?.encoding)}>
        {file ? `${file.encoding.split(',')[0]} · ${fileSize(file.bytes)}` : t('Run to make the file')}
      </span>
      <button
        className="button nodrag"
        type="button"
        disabled={!file || stale}
        {...tip(t("With the graph inside; hold Shift for a client's copy without it"))}
        onClick={(event) => file && void commands.download(file, event.shiftKey)}
      >
        <Download size={13} aria-hidden /> {t('Download')}
      </button>
    </div>
  );
}

const DrawnPicture = part(() => import('./drawn-picture.tsx'));

/** Over the picture of a card: what was drawn on it, and the way to draw. */
export function LayerOnCard({
  id,
  of,
  file,
}: {
  readonly id: NodeId;
  readonly of: string;
  readonly file: FileSetting;
}) {
  const { document, workspace } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  return (
    <>
      {file.layer && (
        <Suspense fallback={null}>
          <DrawnPicture file={file} />
        </Suspense>
      )}
      {!readOnly && (
        <button
          className="button button--icon drawon nodrag"
          type="button"
          {...named(t('Crop, mark or mask the picture of {0} (E)', of))}
          onClick={() => workspace.setState({ drawingOn: id })}
        >
          <SquarePen size={14} aria-hidden />
        </button>
      )}
    </>
  );
}

const INVITED = {
  image: w('Drop a picture here'),
  media: w('Drop a picture or a clip here'),
} as const;

/** Where a file that a node has not got yet is dropped, or chosen. What is dropped is taken by the canvas. */
export function FilePlace({
  id,
  of,
  name,
  spec,
}: {
  readonly id: NodeId;
  readonly of: string;
  readonly name: string;
  readonly spec: FileParam;
}) {
  const { document, commands } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => setOver(event.dataTransfer.types.includes('Files'));
  const take = async (file: File) => {
    const setting = await commands.importFile(file, spec.accept);
    if (setting) document.edit('Choose file', (draft) => setParam(draft, id, name, setting));
  };
  if (spec.accept === 'lut' || readOnly) return t('Nothing yet');
  return (
    <div
      className="fileplace"
      data-over={isOver}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <Upload size={18} aria-hidden />
      <span>{t(INVITED[spec.accept])}</span>
      <FileButton
        className="button nodrag"
        of={t('File on the card of {0}', of)}
        accept={CHOOSABLE[spec.accept]}
        onFiles={([file]) => void take(file)}
      >
        {t('Choose a file…')}
      </FileButton>
    </div>
  );
}

/** The name of a node while it is written: Enter and leaving it keep what is written, Escape what was there. */
export function CardName({
  id,
  node,
  definition,
}: {
  readonly id: NodeId;
  readonly node: GraphNode;
  readonly definition: NodeFace | undefined;
}) {
  const { document, workspace } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const own = definition?.title ?? node.type;
  useLayoutEffect(() => {
    field.current!.focus({ preventScroll: true });
    field.current!.select();
  }, []);
  const leave = (isKept: boolean) => {
    if (workspace.getState().naming !== id) return;
    workspace.setState({ naming: undefined });
    const written = field.current!.value.trim();
    if (isKept && written !== (node.title ?? own))
      document.edit('Rename', (draft) => renameNode(draft, id, written === own ? '' : written));
  };
  return (
    <input
      ref={field}
      className="node__title node__name nodrag nopan"
      aria-label={t('Name of this node')}
      defaultValue={node.title ?? own}
      maxLength={200}
      onBlur={() => leave(true)}
      onKeyDown={(event) => {
        const key = keyOf(event);
        if (key !== 'Enter' && key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        const card = event.currentTarget.closest<HTMLElement>('.node');
        leave(key === 'Enter');
        card?.focus({ preventScroll: true });
      }}
    />
  );
}

/** The corner of a chosen card by which it is made wider or narrower; how high it is follows from what it shows. */
export function CardWidth() {
  return (
    <NodeResizeControl
      position="bottom-right"
      resizeDirection="horizontal"
      minWidth={NARROWEST_CARD}
      maxWidth={WIDEST_CARD}
      className="card-width"
    />
  );
}

/** What went wrong, on one line of the card; all of it is in the inspector. */
export function CardFailure({
  id,
  failure,
  foot,
}: {
  readonly id: NodeId;
  readonly failure: Failure;
  readonly foot: number;
}) {
  const { workspace } = useApp();
  return (
    <div className="node__error" role="alert" style={{ bottom: foot }}>
      <button
        className="nodrag"
        type="button"
        {...tip(t('All of it is in the inspector'))}
        onClick={() => {
          workspace.select([id]);
          workspace.showPanel('inspector');
        }}
      >
        <TriangleAlert size={13} aria-hidden />
        <span>
          {tell(failure.message)} {failure.hint && tell(failure.hint)}
        </span>
      </button>
    </div>
  );
}
