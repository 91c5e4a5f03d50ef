/** What a card shows below its head: a picture first, or a text, or its params in a few words. */
import type { ReactNode } from 'react';
import type { GraphNode } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { FileParam } from '../../core/params.ts';
import type { FileValue } from '../../core/values.ts';
import { useApp, useFact } from '../app-context.ts';
import { pictureIn } from '../media.tsx';
import { pictureOf, useNodeFacts } from '../node-facts.ts';
import { shownOutputs } from '../status.ts';
import { summaryOf } from '../summary.ts';
import { Pictured, TakeWalk } from './card-picture.tsx';
import { writtenText, type CardShape } from './card-size.ts';
import { CardText } from './card-text.tsx';
import { late } from './late.tsx';
import { chosenMedia, isFed } from './shown-shapes.ts';
import { t, tell } from '../../words/t.ts';
import './card-body.css';

const LateHands = late(() => import('./card-hands.tsx'));
const LateMarks = late(() => import('./route-marks.tsx'));

interface BodyProps {
  readonly id: NodeId;
  readonly node: GraphNode;
  readonly definition: NodeFace | undefined;
  readonly shape: CardShape;
  readonly title: string;
  readonly status: string;
  readonly stale: boolean;
}
export function CardBody(body: BodyProps) {
  const { id, node, definition, shape, title } = body;
  if (!definition)
    return <p className="node__body node__summary">{t('Unknown node “{0}”, kept as it is.', node.type)}</p>;
  const { folds, controls } = shape;
  const set = controls.length > 0 && (
    <LateHands>{({ CardControls }) => <CardControls {...{ id, node, definition }} names={controls} />}</LateHands>
  );
  const fold = folds && <Fold id={id} of={title} isOpen={node.look?.unfolded ?? false} />;
  if (shape.picture !== undefined) return <PictureBody {...body} definition={definition} fold={fold} set={set} />;
  const text = writtenText(definition);
  return (
    <div className="node__body" style={{ height: shape.body }}>
      {text && shape.text !== undefined && <CardText {...{ id, node, definition, ...text }} height={shape.text!} />}
      {shape.hasRemark && <p className="node__remark">{summaryOf(definition, { ...node.params, [text!.name]: '' })}</p>}
      {!text && !set && (
        <div className="node__brief">
          <p className="node__summary">{summaryOf(definition, node.params)}</p>
          {fold}
        </div>
      )}
      {(set || (text && folds)) && (
        <div className="node__under">
          <span className="node__summary" />
          {fold}
        </div>
      )}
      {set}
    </div>
  );
}

/** The picture first, as wide as the card; what is folded, the takes and a file's foot below. */
function PictureBody({
  id,
  node,
  definition,
  shape,
  title,
  status,
  stale,
  fold,
  set,
}: BodyProps & { readonly definition: NodeFace; readonly fold: ReactNode; readonly set: ReactNode }) {
  const app = useApp();
  const { run, plan, flat } = useNodeFacts(id);
  const judged = useFact(app.runs, (state) => state.plan?.gates[flat]?.[0]?.node ?? flat);
  // Who is at work says so itself, and how far it is.
  const isInWork = useFact(app.desk, ({ takes }) =>
    takes.some((take) => take.node === flat && take.state === 'pending'),
  );
  const outputs = shownOutputs(run, plan);
  const made = pictureIn(outputs);
  const chosen = chosenMedia(definition, node);
  const file = Object.values(outputs ?? {}).find((value): value is FileValue => value?.kind === 'file');
  const ofWire = isFed(app.document.getState().board, id) ? made : undefined;
  const picture = ofWire ?? chosen ?? made ?? (file ? pictureOf(app, id) : undefined);
  const place = fileParam(definition);
  return (
    <>
      <div className="node__picture" style={{ height: shape.picture }}>
        {picture ? (
          <Pictured {...{ id, judged, stale, picture }} of={title} />
        ) : (
          <div className="node__preview" data-empty="true">
            {place && status !== 'running' && status !== 'queued' ? (
              <LateHands>{({ FilePlace }) => <FilePlace id={id} of={title} {...place} />}</LateHands>
            ) : (
              !isInWork && whyEmpty(status, run.note && tell(run.note))
            )}
          </div>
        )}
        {definition.request && (
          <LateMarks>
            {({ RouteMarks }) => <RouteMarks flat={flat} pinned={node.pinned} hash={picture?.hash} />}
          </LateMarks>
        )}
      </div>
      <div className="node__below" style={{ height: shape.body }}>
        {(fold || definition.request) && (
          <div className="node__under">
            {fold}
            <span className="node__summary">{summaryOf(definition, node.params)}</span>
            {definition.request && made && <TakeWalk judged={judged} of={title} shown={outputs} />}
          </div>
        )}
        {set}
        {'file' in definition.outputs && (
          <LateHands>{({ FileFoot }) => <FileFoot file={file} stale={stale} />}</LateHands>
        )}
      </div>
    </>
  );
}

/** The param that holds the picture a node shows, where it holds one. */
function fileParam({ params }: NodeFace): { readonly name: string; readonly spec: FileParam } | undefined {
  for (const [name, spec] of Object.entries(params))
    if (spec.kind === 'file' && spec.accept !== 'lut') return { name, spec };
  return undefined;
}

const whyEmpty = (status: string, note: string | undefined): string => {
  if (status === 'running') return note ?? t('Working');
  return status === 'queued' ? t('Waiting for its turn') : t('Nothing yet');
};

function Fold({ id, of, isOpen }: { readonly id: NodeId; readonly of: string; readonly isOpen: boolean }) {
  return <LateHands>{({ FoldButton }) => <FoldButton {...{ id, of, isOpen }} />}</LateHands>;
}
