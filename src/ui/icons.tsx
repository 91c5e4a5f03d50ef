/** The icon of a node. All of them come together, behind what a first graph needs. */
import { useLoaded } from './loaded.ts';
import type * as NodeIcons from './node-icons.tsx';

let known: typeof NodeIcons | undefined;
const bringIcons = async () => (known = await import('./node-icons.tsx'));

export function NodeIcon(props: NodeIcons.NodeIconProps) {
  const came = useLoaded(bringIcons);
  const icons = known ?? came;
  // Its place is kept, so that nothing moves when it comes.
  const { size = 15 } = props;
  return icons ? <icons.DrawnIcon {...props} /> : <svg width={size} height={size} aria-hidden />;
}
