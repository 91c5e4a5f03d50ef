/** The review before there is anything to judge: what is missing, and the next step to it. */
import type { GraphId, NodeId } from '../../core/ids.ts';
import type { TakeRecord } from '../../core/take.ts';
import { useApp, useFact } from '../app-context.ts';
import { linkTo } from '../navigation.ts';
import { RunBar } from '../panels/run-bar.tsx';
import { pictureIn } from '../media.tsx';
import { nodePlanOf, nodeRunOf, shownOutputs } from '../status.ts';
import { t, tell } from '../../words/t.ts';

/** `failed`: the newest take, where none made anything. */
export function NothingToReview({
  graph,
  failed,
}: {
  readonly graph: GraphId;
  readonly failed: TakeRecord | undefined;
}) {
  const { runs, document, commands } = useApp();
  const state = useFact(runs, (all) => all);
  const readOnly = useFact(document, (all) => all.readOnly);
  const { running, plan } = state;
  const asking = Object.keys(plan?.dispatched ?? {}) as NodeId[];
  const asksNobody = plan !== undefined && asking.length === 0;
  /** Nodes that show what another graph or an earlier run has made: no take of this graph, until a person asks for one. */
  const showing = asking.filter((id) => pictureIn(shownOutputs(nodeRunOf(id)(state), nodePlanOf(id)(state))));
  const claimAll = async () => {
    for (const id of showing) await commands.claim(id);
  };
  return (
    <main className="page" aria-label={t('Review')}>
      <h1>{t('Review')}</h1>
      <section className="empty empty--page review__empty" aria-label={t('Nothing to review yet')}>
        {running ? (
          <p role="status">{t('Takes are being made. Each is shown here as soon as it is there.')}</p>
        ) : asksNobody ? (
          <p>{t('Nothing in this graph makes takes yet: add a node that asks a model, such as Image or Animate.')}</p>
        ) : showing.length > 0 && !readOnly ? (
          <>
            <p>
              {t(
                'What this graph shows was made before, so nothing had to be made for it. It can be judged all the same.',
              )}
            </p>
            <button className="button button--primary" type="button" onClick={() => void claimAll()}>
              {t('Review what is there')}
            </button>
          </>
        ) : failed?.failure ? (
          <p>{t('No take of this graph has made anything. The last one failed: {0}', tell(failed.failure.message))}</p>
        ) : (
          <p>{t('There are no takes of this graph yet. Run it, then judge what comes out here.')}</p>
        )}
        {!asksNobody && <RunBar findings={[]} />}
        <a className="button" href={linkTo({ screen: 'graph', id: graph })}>
          {asksNobody ? t('Add a node in the editor') : t('Open the editor')}
        </a>
      </section>
    </main>
  );
}
