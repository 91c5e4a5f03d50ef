/** Below a clip that is looked at: nothing of it lies on the picture. */
import { Pause, Play, Repeat, StepBack, StepForward, Volume2, VolumeX } from 'lucide-react';
import { decimal } from '../../core/figures.ts';
import { named } from '../widgets/tip.ts';
import { inFigures, t } from '../../words/t.ts';
import { SPEEDS, type ViewedClip } from './viewed-clip.ts';

export function ClipBar({ clip }: { readonly clip: ViewedClip }) {
  const { value, frame, isPlaying, loops, speed, isMuted } = clip;
  return (
    <div className="viewer__clip" role="group" aria-label={t('Clip')}>
      <button
        className="button button--icon"
        type="button"
        {...named(t('One frame back (,)'))}
        onClick={() => clip.goTo(frame - 1)}
      >
        <StepBack size={15} aria-hidden />
      </button>
      <button
        className="button button--icon"
        type="button"
        {...named(isPlaying ? t('Pause (Space)') : t('Play (Space)'))}
        onClick={clip.toggle}
      >
        {isPlaying ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
      </button>
      <button
        className="button button--icon"
        type="button"
        {...named(t('One frame on (.)'))}
        onClick={() => clip.goTo(frame + 1)}
      >
        <StepForward size={15} aria-hidden />
      </button>
      <input
        type="range"
        min={0}
        max={value.frames - 1}
        value={frame}
        aria-label={t('Frame')}
        aria-valuetext={t('frame {0} of {1}', frame + 1, value.frames)}
        onChange={({ target }) => clip.goTo(Number(target.value))}
      />
      <output className="viewer__frame tabular" aria-label={t('Place in the clip')}>
        {t('frame {0} of {1}', frame + 1, value.frames)} · {t('{0} s', decimal(frame / value.fps, 2))}
      </output>
      <button
        className="button button--icon"
        type="button"
        aria-pressed={loops}
        {...named(t('Over and over (L)'))}
        onClick={() => clip.setLoops(!loops)}
      >
        <Repeat size={15} aria-hidden />
      </button>
      <select
        className="field"
        aria-label={t('Speed')}
        value={speed}
        onChange={({ target }) => clip.setSpeed(Number(target.value) as ViewedClip['speed'])}
      >
        {SPEEDS.map((one) => (
          <option key={one} value={one}>
            {t('{0} ×', inFigures(one))}
          </option>
        ))}
      </select>
      {(value.sound?.length ?? 0) > 0 && (
        <button
          className="button button--icon"
          type="button"
          aria-pressed={!isMuted}
          {...named(t('Sound'))}
          onClick={() => clip.setMuted(!isMuted)}
        >
          {isMuted ? <VolumeX size={15} aria-hidden /> : <Volume2 size={15} aria-hidden />}
        </button>
      )}
    </div>
  );
}
