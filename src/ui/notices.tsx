/** What the app says at its foot. What needs no hand goes by itself; trouble of a screen goes with the screen. */
import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Said } from '../core/say.ts';
import type { Notice } from '../state/workspace.ts';
import { useApp, useFact } from './app-context.ts';
import { linkTo, usePlace } from './navigation.ts';
import { t, tell } from '../words/t.ts';
import './notices.css';

/** How long what needs no hand stays on screen. */
const PASSING_MS = 10_000;
/** What was said so shortly before another screen was shown is why it is shown, and belongs there. */
const ON_THE_WAY_MS = 1000;

export function Notices() {
  const { workspace } = useApp();
  const notices = useFact(workspace, (state) => state.notices);
  const [isPointedAt, setPointedAt] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  const isSeen = useIsSeen();
  return (
    <div
      className="notices"
      role="log"
      aria-label={t('Notices')}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onFocus={() => setHasFocus(true)}
      onBlur={() => setHasFocus(false)}
    >
      {notices.toReversed().map((notice) => (
        <Told key={notice.id} notice={notice} isHeld={isPointedAt || hasFocus || !isSeen} />
      ))}
    </div>
  );
}

/** Whether the page is on screen. */
function useIsSeen(): boolean {
  const [isSeen, setSeen] = useState(!document.hidden);
  useEffect(() => {
    const onChange = () => setSeen(!document.hidden);
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
  return isSeen;
}

/** `isHeld`: someone may be reading it, or nobody can. */
function Told({ notice, isHeld }: { readonly notice: Notice; readonly isHeld: boolean }) {
  const { workspace } = useApp();
  const { id, tone, text, hint, actions, passes, times } = notice;
  const dismiss = useEffectEvent(() => workspace.dismiss(id));
  useEffect(() => {
    if (!passes || isHeld) return undefined;
    const timer = setTimeout(dismiss, PASSING_MS);
    return () => clearTimeout(timer);
  }, [passes, isHeld]);
  const place = linkTo(usePlace());
  const [saidAt] = useState(() => performance.now());
  const shownAt = useRef(place);
  useEffect(() => {
    if (shownAt.current === place) return;
    shownAt.current = place;
    const isOnTheWay = performance.now() - saidAt < ON_THE_WAY_MS;
    if (passes && tone === 'bad' && !isOnTheWay) dismiss();
  }, [place, passes, tone, saidAt]);
  return (
    <div className={`notice notice--${tone}`}>
      <div className="notice__text">
        {tell(text)}
        {times > 1 && (
          <span className="notice__times" role="img" aria-label={t('Said {0} {0|time|times}', times)}>
            × {times}
          </span>
        )}
        {hint && (isList(hint) ? <Report lines={hint} /> : <small>{tell(hint)}</small>)}
      </div>
      {actions.map(({ label, act }) => (
        <button
          key={label}
          className="button"
          type="button"
          onClick={() => {
            workspace.dismiss(id);
            act();
          }}
        >
          {label}
        </button>
      ))}
      <button
        className="button button--quiet button--icon"
        type="button"
        aria-label={t('Dismiss')}
        onClick={() => workspace.dismiss(id)}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}

const isList = (hint: Said | readonly Said[]): hint is readonly Said[] => Array.isArray(hint);

/** What exactly happened: a few lines at once, many behind a click. */
function Report({ lines }: { readonly lines: readonly Said[] }) {
  if (lines.length <= 3) return lines.map((line, at) => <small key={at}>{tell(line)}</small>);
  return (
    <details>
      <summary>{t('What exactly')}</summary>
      <ul>
        {lines.map((line, at) => (
          <li key={at}>{tell(line)}</li>
        ))}
      </ul>
    </details>
  );
}
