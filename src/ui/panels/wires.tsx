/** The wires of a node in words, each to be made, changed and removed by keyboard. */
import { Cable, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { inputsOf } from '../../graph/connect.ts';
import { disconnect } from '../../graph/edits.ts';
import { wireEntries, type WireEnd } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { FitNote } from '../../routing/model-fit.ts';
import { useApp, useFact } from '../app-context.ts';
import { candidatesFor, join, titleOf, type Candidate, type Side } from '../connections.ts';
import { ranked } from '../ranking.ts';
import { Combobox } from '../widgets/combobox.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { t, tell } from '../../words/t.ts';
import './palette.css';
import './wires.css';

/** `notes`: what the model that would be asked makes of inputs otherwise than they say. */
export function Wires({
  id,
  definition,
  notes = [],
}: {
  readonly id: NodeId;
  readonly definition: NodeFace;
  readonly notes?: readonly FitNote[] | undefined;
}) {
  const { document } = useApp();
  const board = useFact(document, (state) => state.board);
  const readOnly = useFact(document, (state) => state.readOnly);
  const node = board.nodes[id];
  if (!node) return null;
  const row =
    (side: Side) =>
    ([socket, { label, kind, many }]: [
      string,
      { readonly label: string; readonly kind: string; readonly many?: boolean },
    ]) => {
      const [own, other] = side === 'input' ? (['to', 'from'] as const) : (['from', 'to'] as const);
      const joined = wireEntries(board).filter(([, wire]) => wire[own].node === id && wire[own].socket === socket);
      return (
        <Socket
          key={`${side} ${socket}`}
          end={{ node: id, socket }}
          side={side}
          label={label}
          kind={kind}
          open={side === 'output' || many === true || joined.length === 0}
          wires={joined.map(([wire, ends]) => ({ id: wire, end: ends[other] }))}
          readOnly={readOnly}
          notes={side === 'input' ? notes.filter(({ input }) => input === socket) : []}
        />
      );
    };
  return (
    <>
      <ul className="wires" aria-label={t('Wires')}>
        {Object.entries(inputsOf(definition, node)).map(row('input'))}
        {Object.entries(definition.outputs).map(row('output'))}
      </ul>
      {notes
        .filter(({ input }) => !Object.hasOwn(inputsOf(definition, node), input))
        .map(({ input, says }) => (
          <p key={input} className="wires__note">
            {tell(says)}
          </p>
        ))}
    </>
  );
}

function Socket({
  end,
  side,
  label,
  kind,
  wires,
  open,
  readOnly,
  notes,
}: {
  readonly end: WireEnd;
  readonly side: Side;
  readonly label: string;
  readonly kind: string;
  readonly wires: readonly { readonly id: string; readonly end: WireEnd }[];
  readonly open: boolean;
  readonly readOnly: boolean;
  readonly notes: readonly FitNote[];
}) {
  const { document, registry } = useApp();
  const board = useFact(document, (state) => state.board);
  const [picking, setPicking] = useState(false);
  return (
    <li>
      <span className="wires__name">
        <i style={{ background: `var(--k-${kind})` }} />
        {label} {side === 'input' ? t('from') : t('to')}
      </span>
      <span className="wires__ends">
        {wires.map(({ id, end: other }) => (
          <span key={id} className="wires__end">
            {titleOf(board, registry, other.node)}
            {!readOnly && (
              <button
                type="button"
                aria-label={t(
                  'Remove the wire {0} {1} {2}',
                  label,
                  side === 'input' ? t('from') : t('to'),
                  titleOf(board, registry, other.node),
                )}
                onClick={() => document.edit('Disconnect', (draft) => disconnect(draft, [id as never]))}
              >
                <X size={12} aria-hidden />
              </button>
            )}
          </span>
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
      {notes.map(({ says }, index) => (
        <p key={index} className="wires__note">
          {tell(says)}
        </p>
      ))}
      {picking && <Picker end={end} side={side} label={label} onDone={() => setPicking(false)} />}
    </li>
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
