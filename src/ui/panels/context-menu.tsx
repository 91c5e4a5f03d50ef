/** The commands that fit what is below the pointer or has the keyboard. */
import { useReactFlow } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { Point } from '../../graph/graph.ts';
import { useApp } from '../app-context.ts';
import { Menu } from '../widgets/menu.tsx';
import { onMenuAsked } from '../widgets/menu-asked.ts';
import { menuFor, type MenuContent } from './menu-content.ts';

const WHERE = '.stage .react-flow, .strip__takes';

interface OpenMenu extends MenuContent {
  readonly at: Point;
}

export function ContextMenu() {
  const app = useApp();
  const flow = useReactFlow();
  const [open, setOpen] = useState<OpenMenu>();
  useEffect(
    () =>
      onMenuAsked((target, at) => {
        const content = target.closest(WHERE) && menuFor(app, flow, target, at);
        if (content) setOpen({ ...content, at });
        return Boolean(content);
      }),
    [app, flow],
  );
  if (!open) return null;
  return (
    <Menu
      key={`${open.at.x} ${open.at.y}`}
      label={open.label}
      at={open.at}
      groups={open.groups}
      onClose={() => setOpen(undefined)}
    />
  );
}
