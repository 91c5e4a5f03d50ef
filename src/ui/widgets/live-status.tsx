/**
 * What goes on, for eyes at once and for screen readers in their own time: at most once a second, the last state
 * always.
 */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { tipToStopAt } from './tip.ts';

const PAUSE_MS = 1000;

interface StatusProps {
  readonly label?: string;
  readonly className?: string;
  readonly tip?: string | undefined;
  /** What a screen reader says: without clocks and shares, which would never let it finish. */
  readonly said: string;
  readonly children: ReactNode;
}
export function LiveStatus({ label, className, tip, said, children }: StatusProps) {
  const heard = useAtMostEverySecond(said);
  return (
    <>
      <p className={className} role="status" aria-live="off" aria-label={label} {...tipToStopAt(tip)}>
        {children}
      </p>
      <span className="unseen" aria-live="polite" aria-atomic="true">
        {heard}
      </span>
    </>
  );
}

/** The text as it was last handed out, never more than once a second; when it stops changing, what it came to. */
function useAtMostEverySecond(text: string): string {
  const [heard, setHeard] = useState(text);
  const last = useRef(0);
  useEffect(() => {
    if (text === heard) return undefined;
    const timer = setTimeout(
      () => {
        last.current = Date.now();
        setHeard(text);
      },
      Math.max(0, last.current + PAUSE_MS - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [text, heard]);
  return heard;
}
