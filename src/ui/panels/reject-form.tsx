/** Why a take is rejected, and what comes then: asked by the strip of takes and by the review. */
import { useRef, useState } from 'react';
import type { TakeRecord } from '../../core/take.ts';
import { useApp } from '../app-context.ts';
import { useReturningFocus } from '../focus.ts';
import { keyOf } from '../keys.ts';
import { REASONS } from '../shown-takes.ts';
import { NextTake } from './next-take.tsx';
import { explainedControl } from '../explained.ts';
import { t } from '../../words/t.ts';
import './filmstrip.css';

/** One of a few reasons, or a person's own words. */
export function RejectForm({
  take,
  question = t('Why is it rejected?'),
  apart,
  onDone,
}: {
  readonly take: TakeRecord;
  /** Shown where the take is not beside it. */
  readonly question?: string;
  /** As the command has it. */
  readonly apart?: 'apart';
  readonly onDone: () => void;
}) {
  const { commands, desk } = useApp();
  const [own, setOwn] = useState('');
  const reason = useRef<HTMLInputElement>(null);
  useReturningFocus();
  const reject = (why: string) => {
    onDone();
    void commands.reject(take, why, apart);
  };
  /** Only the verdict: what follows is chosen. False where it was not kept, which is said. */
  const rejectOnly = async () => {
    onDone();
    await commands.reject(take, own.trim() || t('No reason given'), 'apart');
    return desk.getState().takes.some(({ id, verdict }) => id === take.id && verdict.state === 'rejected');
  };
  return (
    <form
      className="reject"
      aria-label={question}
      onSubmit={(event) => {
        event.preventDefault();
        reject(own.trim() || t('No reason given'));
      }}
      onKeyDown={(event) => {
        if (keyOf(event) === 'Escape') return onDone();
        // Who begins to write means a reason of their own; the letter goes where the focus is by then.
        const isLetter = keyOf(event).trim().length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
        if (isLetter && event.target !== reason.current) reason.current?.focus();
      }}
    >
      {REASONS.map((why, index) => (
        <button key={why} className="button" type="button" autoFocus={index === 0} onClick={() => reject(why)}>
          {t(why)}
        </button>
      ))}
      <input
        ref={reason}
        className="field"
        aria-label={t('Another reason')}
        placeholder={t('Another reason, then Enter')}
        value={own}
        onChange={(event) => setOwn(event.target.value)}
      />
      <button className="button button--quiet" type="button" {...explainedControl('keep')} onClick={onDone}>
        {t('Keep it')}
      </button>
      {!apart && <NextTake take={take} reject={rejectOnly} />}
    </form>
  );
}
