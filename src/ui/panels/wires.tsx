/** The wires of a node in words, each to be made, changed and removed by keyboard. */
import { Cable, GripVertical, Plus, X } from 'lucide-react';
import { useState, type CSSProperties } from 'react';
import { inputsOf } from '../../graph/connect.ts';
import { disconnect, moveInOrder } from '../../graph/edits.ts';
import { wiresOutOfSocket, wiresInSocket, type WireEnd } from '../../graph/graph.ts';
import type { NodeId, WireId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { InputLimit } from '../../routing/model-inputs.ts';
import { useApp, useFact } from '../app-context.ts';
import type { MadeOfInputs } from '../asked-next.ts';
import { candidatesFor, join, titleOf, type Candidate, type Side } from '../connections.ts';
import { keyOf } from '../keys.ts';
import { ranked } from '../ranking.ts';
import { Combobox } from '../widgets/combobox.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { tip } from '../widgets/tip.ts';
import { t, tell } from '../../words/t.ts';
import './palette.css';
import './wires.css';

/**
 * `notes`: what the model that would be asked makes of inputs otherwise than they say. `limits`: what holds for it
 * whatever they say.
 */
export function Wires({
  id,
  definition,
  notes,
  limits,
}: MadeOfInputs & {
  readonly id: NodeId;
  readonly definition: NodeFace;
}) {
  const { document } = useApp();
  const board = useFact(document, (state) => state.board);
  const readOnly = useFact(document, (state) => state.readOnly);
  const node = board.nodes[id];
  if (!node) return null;
  const row =
    (side: Side) =>
    ([socket, { label, kind, many, optional }]: [
      string,
      { readonly label: string; readonly kind: string; readonly many?: boolean; readonly optional?: boolean },
    ]) => {
      const other = side === 'input' ? 'from' : 'to';
      const end = { node: id, socket };
      const joined = side === 'input' ? wiresInSocket(board, end) : wiresOutOfSocket(board, end);
      return (
        <Socket
          key={`${side} ${socket}`}
          end={end}
          side={side}
          label={label}
          kind={kind}
          need={side === 'output' ? 'none' : optional ? 'optional' : 'needed'}
          open={side === 'output' || many === true || joined.length === 0}
          wires={joined.map(([wire, ends]) => ({ id: wire, end: ends[other] }))}
          readOnly={readOnly}
          notes={side === 'input' ? notes.filter(({ input }) => input === socket) : []}
          limits={side === 'input' ? limits.filter(({ input }) => input === socket) : []}
        />
      );
    };
  const isElsewhere = ({ input }: Pick<InputLimit, 'input'>) => !Object.hasOwn(inputsOf(definition, node), input);
  return (
    <>
      <ul className="wires" aria-label={t('Wires')}>
        {Object.entries(inputsOf(definition, node)).map(row('input'))}
        {Object.entries(definition.outputs).map(row('output'))}
      </ul>
      <SaidOfInput notes={notes.filter(isElsewhere)} limits={limits.filter(({ input }) => input === 'sound')} />
    </>
  );
}

function Socket({
  end,
  side,
  label,
  kind,
  need,
  wires,
  open,
  readOnly,
  notes,
  limits,
}: MadeOfInputs & {
  readonly end: WireEnd;
  readonly side: Side;
  readonly label: string;
  readonly kind: string;
  readonly need: 'needed' | 'optional' | 'none';
  readonly wires: readonly { readonly id: WireId; readonly end: WireEnd }[];
  readonly open: boolean;
  readonly readOnly: boolean;
}) {
  const { document, registry } = useApp();
  const board = useFact(document, (state) => state.board);
  const [picking, setPicking] = useState(false);
  return (
    <li>
      <span className="wires__name">
        <i data-need={need} style={{ '--kind': `var(--k-${kind})` } as CSSProperties} />
        {label} {side === 'input' ? t('from') : t('to')}
        {need === 'needed' && wires.length === 0 && <small>{t('needed')}</small>}
        {need === 'optional' && <span className="unseen">{t('can be left out')}</span>}
      </span>
      <span className="wires__ends">
        {wires.map(({ id, end: other }, nth) => (
          <JoinedEnd
            key={id}
            wire={id}
            joinedWith={titleOf(board, registry, other.node)}
            removal={
              side === 'input'
                ? t('Remove the wire {0} from {1}', label, titleOf(board, registry, other.node))
                : t('Remove the wire {0} to {1}', label, titleOf(board, registry, other.node))
            }
            order={side === 'input' && wires.length > 1 ? { nth, of: wires.length } : undefined}
          />
        ))}
        {open && !readOnly && (
          <button
            className="wires__add"
            type="button"
            aria-label={t('Connect {0} {1}…', label, side === 'input' ? t('from') : t('to'))}
            onClick={() => setPicking(true)}
          >
            {wires.length ? (
              <Plus size={13} aria-hidden />
            ) : (
              <>
                <Cable size={13} aria-hidden /> {t('Connect')}
              </>
            )}
          </button>
        )}
        {wires.length === 0 && (readOnly || !open) && <span className="muted">{t('nothing')}</span>}
      </span>
      <SaidOfInput notes={notes} limits={limits} />
      {picking && <Picker end={end} side={side} label={label} onDone={() => setPicking(false)} />}
    </li>
  );
}

const SaidOfInput = ({ notes, limits }: MadeOfInputs) => (
  <>
    {notes.map(({ says }, at) => (
      <p key={`note ${at}`} className="wires__note">
        {tell(says)}
      </p>
    ))}
    {limits.map(({ says }, at) => (
      <p key={`limit ${at}`} className="wires__note wires__note--limit">
        {tell(says)}
      </p>
    ))}
  </>
);

const WIRE_DRAG = 'application/x-triptych-wire';
/** By how many places an arrow key moves a wire. */
const BY_ARROW: Readonly<Record<string, number | undefined>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

/** What a socket is joined with; `order`: its place among those of an input for many, which can be changed. */
function JoinedEnd({
  wire,
  joinedWith,
  removal,
  order,
}: {
  readonly wire: WireId;
  readonly joinedWith: string;
  readonly removal: string;
  readonly order: { readonly nth: number; readonly of: number } | undefined;
}) {
  const { document } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  const move = (moved: WireId, nth: number) =>
    document.edit('Change the order', (draft) => moveInOrder(draft, moved, nth));
  return (
    <span
      className="wires__end"
      onDragOver={(event) => order && event.dataTransfer.types.includes(WIRE_DRAG) && event.preventDefault()}
      onDrop={(event) => order && move(event.dataTransfer.getData(WIRE_DRAG) as WireId, order.nth)}
    >
      {order && !readOnly && (
        <button
          type="button"
          className="wires__grip"
          draggable
          aria-label={t('{0} is number {1} of {2}', joinedWith, order.nth + 1, order.of)}
          {...tip(t('Drag it, or press the arrow keys, to change the order'))}
          onDragStart={(event) => event.dataTransfer.setData(WIRE_DRAG, wire)}
          onKeyDown={(event) => {
            const by = BY_ARROW[keyOf(event)];
            if (by === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            move(wire, order.nth + by);
          }}
        >
          <GripVertical size={12} aria-hidden /> {order.nth + 1}
        </button>
      )}
      <span className="wires__of">{joinedWith}</span>
      {!readOnly && (
        <button
          type="button"
          aria-label={removal}
          onClick={() => document.edit('Disconnect', (draft) => disconnect(draft, [wire]))}
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}

/** Every socket that fits, by search. */
function Picker({
  end,
  side,
  label,
  onDone,
}: {
  readonly end: WireEnd;
  readonly side: Side;
  readonly label: string;
  readonly onDone: () => void;
}) {
  const app = useApp();
  const { document, registry } = app;
  const [all] = useState(() => candidatesFor(document.getState().board, registry, end, side));
  const pick = (other: Candidate) => {
    join(app, end, side, { node: other.node, socket: other.socket });
    onDone();
  };
  const name = side === 'input' ? t('Connect {0} from', label) : t('Connect {0} to', label);
  return (
    <Sheet heading={name} headingIs="unseen" className="sheet palette" onClose={onDone}>
      <Combobox
        className="field"
        label={name}
        listLabel={name}
        placeholder={name}
        find={(words) => ranked(all, words, ({ title, label: socket }) => ({ names: [`${title} ${socket}`] }))}
        idOf={({ node, socket }) => `${node} ${socket}`}
        draw={({ title, label: socket }) => (
          <>
            <span>{title}</span>
            <span className="muted">{socket}</span>
          </>
        )}
        nothing={(words) =>
          all.length ? t('Nothing matches “{0}”.', words) : t('Nothing on this canvas fits. Add a node first.')
        }
        onChoose={pick}
        onLeave={onDone}
      />
    </Sheet>
  );
}
