/** Writing a lesson: nothing but the door, so that the first screen need not know what lies behind it. */
import { part } from '../part.tsx';

const WritingDesk = part(() => import('./writing-desk.tsx'));

export default function Writing() {
  return <WritingDesk />;
}
