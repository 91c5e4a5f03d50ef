/**
 * Room for notices in the editor: the column they lie in ends above them, and where it is closed the run bar ends beside
 * them, so that no control is ever covered. Loaded behind the first graph.
 */
import { useEffect } from 'react';
import './notice-room.css';

export function useNoticeRoom(): void {
  useEffect(() => {
    const notices = window.document.querySelector<HTMLElement>('.notices');
    if (!notices) return undefined;
    const keep = () => window.document.body.style.setProperty('--notices', `${notices.offsetHeight}px`);
    const watch = new ResizeObserver(keep);
    watch.observe(notices);
    return () => watch.disconnect();
  }, []);
}
