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
    const { style } = window.document.body;
    const keep = () => {
      style.setProperty('--notices-height', `${notices.offsetHeight}px`);
      style.setProperty('--notices-width', `${notices.offsetWidth}px`);
    };
    const watch = new ResizeObserver(keep);
    watch.observe(notices);
    return () => watch.disconnect();
  }, []);
}
