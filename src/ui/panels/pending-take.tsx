/** A take that a service is at work on: who, how far, since when, for how much, and a picture of it where there is one. */
import { Square } from 'lucide-react';
import { useId, useState } from 'react';
import { inDollars } from '../../core/money.ts';
import { say } from '../../core/say.ts';
import type { TakeRecord } from '../../core/take.ts';
import { hasEnded, howFarInWords } from '../../routing/job.ts';
import { inFigures, t, tell } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceName } from '../market.ts';
import { costOfCancel } from '../sent-words.ts';
import { duration } from '../units.ts';
import { useJob, usePreview } from '../use-job.ts';
import './pending-take.css';

/** `takes`: all of a node. `slot`: the deliverable it works on now; one of that is shown before an earlier one. */
export function PendingTake({
  takes,
  slot,
}: {
  readonly takes: readonly TakeRecord[];
  readonly slot: string | undefined;
}) {
  const pending = takes.filter(({ state }) => state === 'pending');
  const take = pending.findLast((one) => one.slot === slot) ?? pending.at(-1);
  return take ? <Waiting key={take.id} take={take} isEarlier={slot !== undefined && take.slot !== slot} /> : null;
}

function Waiting({ take, isEarlier }: { readonly take: TakeRecord; readonly isEarlier: boolean }) {
  const known = useJob(take);
  const job = known?.job;
  const preview = usePreview(take, job);
  const { commands, desk } = useApp();
  const cost = useId();
  const [isCancelling, setCancelling] = useState(false);
  const providers = useFact(desk, (state) => state.providers);
  const service = serviceName(providers, take.answered.provider);
  return (
    <div className="pending-take" role="group" aria-label={t('A take is being made')}>
      {preview && <img src={preview} alt={t('What there is of it so far')} />}
      <p>
        {tell(job ? howFarInWords({ ...job, provider: service }) : say('With {0}', say(service)))}
        {job?.fraction !== undefined && `, ${Math.round(job.fraction * 100)} %`}
      </p>
      <p className="muted tabular">
        {t('{0}, for {1}', service, duration(Math.max(0, (known?.at ?? take.at) - take.at)))},{' '}
        {take.estimated === null ? t('price unknown') : inFigures(inDollars(take.estimated))}
      </p>
      {isEarlier && (
        <p className="muted">{t('It was asked for before the node was changed, and is kept with its takes.')}</p>
      )}
      {known && !job && (
        <p className="muted">
          {t(
            'The local server of Triptych does not tell of it now. When it does, run the graph: what was sent is not sent again.',
          )}
        </p>
      )}
      {job && !hasEnded(job.state) && (
        <>
          <p className="muted" id={cost}>
            {job.state === 'waiting' ? t('To cancel it now costs nothing.') : costOfCancel([take])}
          </p>
          <div className="strip__buttons">
            <button
              className="button"
              type="button"
              aria-describedby={cost}
              disabled={isCancelling}
              onClick={() => {
                setCancelling(true);
                void commands.cancelTake(take).finally(() => setCancelling(false));
              }}
            >
              <Square size={13} aria-hidden /> {t('Cancel this take')}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
