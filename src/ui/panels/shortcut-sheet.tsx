import { useReactFlow } from '@xyflow/react';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useApp, useFact } from '../app-context.ts';
import { actionsFor, comboInWords } from '../actions.ts';

export function ShortcutSheet() {
  const app = useApp();
  const flow = useReactFlow();
  const { workspace } = app;
  const open = useFact(workspace, (state) => state.sheet);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const close = () => workspace.setState({ sheet: false });
  return (
    <dialog ref={dialog} className="sheet" aria-label="Shortcuts" onClose={close}>
      <div style={{ display: 'flex', alignItems: 'center' }}>
        <h2 style={{ flex: 1, fontSize: 16 }}>Shortcuts</h2>
        <button className="button button--quiet button--icon" type="button" aria-label="Close" onClick={close}><X size={16} aria-hidden /></button>
      </div>
      <p className="muted">On a Mac, Ctrl is ⌘. Drop a wire on the canvas to see what fits; Shift-drag selects an area.</p>
      <dl>
        {actionsFor(app, flow).filter(({ keys }) => keys.length > 0).map(({ name, keys }) => [<dt key={name}>{name}</dt>, <dd key={`${name}-keys`}>{keys.map((combo) => <kbd key={combo}>{comboInWords(combo)}</kbd>)}</dd>])}
        <dt>Paste</dt><dd><kbd>Ctrl+V</kbd></dd>
        <dt>Duplicate by dragging</dt><dd><kbd>Alt</kbd> and drag</dd>
        <dt>Insert into a wire</dt><dd>drop a node on it</dd>
      </dl>
    </dialog>
  );
}
