/** What services were paid for that no graph of this browser asked for: a line of its own below what its graphs cost. */
import { useEffect, useState } from 'react';
import type { MadeElsewhere } from '../../ledger/month.ts';
import type { BookedJob } from '../../routing/job.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { money } from './audit-table.tsx';

/** All that the job service ever booked; read again whenever this month's is not as it was. */
export function useAllBooked(): readonly BookedJob[] {
  const { commands, desk } = useApp();
  const ofThisMonth = useFact(desk, (state) => state.booked);
  const [all, setAll] = useState<readonly BookedJob[]>();
  useEffect(() => {
    void commands.refreshProviders();
  }, [commands]);
  useEffect(() => {
    void commands.allBooked().then(setAll);
  }, [commands, ofThisMonth]);
  return all ?? ofThisMonth;
}

export function MadeElsewhereLine({ made }: { readonly made: MadeElsewhere }) {
  const { takes, charged, atMostMore } = made;
  if (takes === 0) return null;
  return (
    <p className="audit__elsewhere tabular">
      <strong>
        {atMostMore > 0
          ? t(
              'Made outside this browser: {0}, and up to {1} more, {2} {2|take|takes}.',
              money(charged),
              money(atMostMore),
              takes,
            )
          : t('Made outside this browser: {0}, {1} {1|take|takes}.', money(charged), takes)}
      </strong>{' '}
      {t(
        'A command line or another browser asked for it at the same local server. It counts towards the month; its takes are in no graph here, so the table has no row for them.',
      )}
    </p>
  );
}
