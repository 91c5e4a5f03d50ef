/**
 * Room for notices in the editor, so that they cover no control: the column they lie in ends above them. Where it is
 * closed they lie above what stands below the canvas, and the map of the graph beside them. Loaded behind the first graph.
 */
import { useEffect } from 'react';
import './notice-room.css';

export function useNoticeRoom(): void {
  useEffect(() => {
    const [notices, stage] = ['.notices', '.stage'].map((place) => window.document.querySelector<HTMLElement>(place));
    if (!notices || !stage) return undefined;
    const { style } = window.document.body;
    const keep = () => {
      style.setProperty('--notices-height', `${notices.offsetHeight}px`);
      style.setProperty('--notices-width', `${notices.offsetWidth}px`);
      style.setProperty('--below-stage', `${window.innerHeight - stage.getBoundingClientRect().bottom}px`);
    };
    const watch = new ResizeObserver(keep);
    watch.observe(notices);
    watch.observe(stage);
    return () => watch.disconnect();
  }, []);
}
