/** The tools, one of which is chosen: arrow keys go from one to the next. */
import type { RefObject } from 'react';
import { comboInWords } from '../keys.ts';
import { rove, stopAt } from '../widgets/roving.ts';
import { named } from '../widgets/tip.ts';
import { PICTURE_TOOLS, type PictureTool } from './picture-tools.ts';
import { t } from '../../words/t.ts';

const TOOLS = Object.keys(PICTURE_TOOLS) as PictureTool[];

export function PictureToolbar({
  tool,
  chosen,
  onChoose,
}: {
  readonly tool: PictureTool;
  /** The button of the chosen one. */
  readonly chosen: RefObject<HTMLButtonElement | null>;
  readonly onChoose: (tool: PictureTool) => void;
}) {
  return (
    <div className="picture-tools" role="radiogroup" aria-label={t('Tools')} onKeyDown={rove}>
      {TOOLS.map((one, at) => {
        const { name, key, Icon, of } = PICTURE_TOOLS[one];
        return (
          <button
            key={one}
            ref={one === tool ? chosen : undefined}
            type="button"
            role="radio"
            aria-checked={one === tool}
            aria-keyshortcuts={key}
            data-of={of}
            tabIndex={stopAt(one === tool, at, true)}
            {...named(t('{0} ({1})', t(name), comboInWords(key)))}
            onClick={() => onChoose(one)}
          >
            <Icon size={17} aria-hidden />
            <kbd>{comboInWords(key)}</kbd>
          </button>
        );
      })}
    </div>
  );
}
