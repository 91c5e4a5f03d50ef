/** The text a node is written with, on its card: words at rest, a field while they are written. */
import { useId, useLayoutEffect, useRef, useState, type MouseEvent as ReactMouseEvent } from 'react';
import type { GraphNode } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { TextParam } from '../../core/params.ts';
import { useApp, useFact } from '../app-context.ts';
import { keyOf } from '../keys.ts';
import { ParamField, useIsFed } from '../panels/param-field.tsx';
import { t } from '../../words/t.ts';

interface Written {
  readonly id: NodeId;
  readonly node: GraphNode;
  readonly definition: NodeFace;
  readonly name: string;
  readonly spec: TextParam;
  readonly height: number;
}

export function CardText(written: Written) {
  const { id, node, name, spec, height } = written;
  const { document } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  const isFed = useIsFed(id, node.promoted?.includes(name) ?? false, name);
  /** Where the caret stands when writing begins. */
  const [caret, setCaret] = useState<number>();
  const said = node.params[name] ?? spec.default;
  const text = typeof said === 'string' ? said : spec.default;
  if (caret !== undefined && !readOnly && !isFed)
    return <Writing {...written} text={text} caret={caret} onDone={() => setCaret(undefined)} />;
  const isClosed = readOnly || isFed;
  return (
    <div
      className="node__text"
      style={{ height }}
      data-empty={text === ''}
      {...(!isClosed && {
        role: 'textbox',
        'aria-multiline': true,
        'aria-label': t('{0} on the card', spec.label),
        tabIndex: 0,
        // The pointer may be about to drag the card: writing begins once it has clicked.
        onMouseDownCapture: (event) => event.preventDefault(),
        onClick: (event) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey) return;
          setCaret(caretAt(event) ?? text.length);
        },
        onFocus: () => setCaret(text.length),
      })}
    >
      {isFed ? t('Comes from the wire.') : text || spec.placeholder}
    </div>
  );
}

/** The letter under the pointer; nothing where a browser cannot tell. */
function caretAt({ clientX, clientY, currentTarget }: ReactMouseEvent): number | undefined {
  const at = document.caretPositionFromPoint?.(clientX, clientY);
  return at && currentTarget.contains(at.offsetNode) && at.offsetNode.nodeType === Node.TEXT_NODE
    ? at.offset
    : undefined;
}

function Writing({
  id,
  node,
  definition,
  name,
  spec,
  height,
  text,
  caret,
  onDone,
}: Written & { readonly text: string; readonly caret: number; readonly onDone: () => void }) {
  const field = useRef<HTMLDivElement>(null);
  const fieldId = useId();
  useLayoutEffect(() => {
    const shown = field.current!.querySelector('textarea')!;
    shown.focus({ preventScroll: true });
    shown.setSelectionRange(caret, caret);
  }, [caret]);
  return (
    <div
      ref={field}
      className="node__text node__text--written nodrag nopan nowheel"
      style={{ height }}
      onBlur={onDone}
      onKeyDown={(event) => {
        if (keyOf(event) !== 'Escape') return;
        event.stopPropagation();
        event.currentTarget.closest<HTMLElement>('.node')?.focus({ preventScroll: true });
      }}
    >
      <label htmlFor={fieldId} className="unseen">
        {t('{0} on the card', spec.label)}
      </label>
      <ParamField
        id={fieldId}
        node={id}
        definition={definition}
        name={name}
        spec={spec}
        value={text}
        all={node.params}
        isFed={false}
      />
    </div>
  );
}
