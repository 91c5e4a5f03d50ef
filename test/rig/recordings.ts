/** Clips as cameras and phones record them: lying on their side, unevenly timed, with sound. Needs a browser. */
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  VideoSample,
  VideoSampleSource,
} from 'mediabunny';
import type { Raster } from '../../src/core/values.ts';

const SOUND_RATE = 44_100;

export interface Recorded {
  /** As it lies in the file. */
  readonly width: number;
  readonly height: number;
  /** Clockwise, as the file says it is to be turned. */
  readonly rotation?: 0 | 90 | 180 | 270;
  /** When each picture is shown, in seconds. */
  readonly times: readonly number[];
  /** Left out: the first picture is red on the left and grey on the right, all get lighter. */
  readonly pictures?: readonly Raster[];
  readonly seconds: number;
  /** A tone of so many hertz, from the beginning to the end. */
  readonly hertz?: number;
}

/** Left half red, right half a grey of 40 + 10 × index. */
export async function recording({
  width,
  height,
  rotation = 0,
  times,
  pictures: shown,
  seconds,
  hertz,
}: Recorded): Promise<File> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const pictures = new VideoSampleSource({ codec: 'avc', quality: QUALITY_HIGH });
  output.addVideoTrack(pictures, { rotation });
  const sound = hertz === undefined ? undefined : new AudioSampleSource({ codec: 'opus', quality: QUALITY_HIGH });
  if (sound) output.addAudioTrack(sound);
  await output.start();
  if (sound && hertz !== undefined) await sound.add(tone(hertz, seconds));
  sound?.close();
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  for (const [index, timestamp] of times.entries()) {
    const grey = 40 + index * 10;
    context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    context.fillRect(0, 0, width, height);
    context.fillStyle = 'rgb(200 30 30)';
    context.fillRect(0, 0, width / 2, height);
    const picture = shown?.[index];
    if (picture) context.putImageData(new ImageData(picture.data.slice(), width, height), 0, 0);
    const sample = new VideoSample(context.canvas, {
      timestamp,
      duration: (times[index + 1] ?? seconds) - timestamp,
    });
    await pictures.add(sample);
    sample.close();
  }
  pictures.close();
  await output.finalize();
  return new File([target.buffer!], 'recording.mp4', { type: 'video/mp4' });
}

function tone(hertz: number, seconds: number): AudioSample {
  const data = new Float32Array(Math.round(SOUND_RATE * seconds));
  for (let at = 0; at < data.length; at++) data[at] = 0.5 * Math.sin((at / SOUND_RATE) * hertz * 2 * Math.PI);
  return new AudioSample({ data, format: 'f32', numberOfChannels: 1, sampleRate: SOUND_RATE, timestamp: 0 });
}

/** How strong a tone is between two seconds of a file, 0…1, measured on its first channel. */
export function strengthOf(samples: Float32Array, rate: number, hertz: number): number {
  let [real, imaginary] = [0, 0];
  for (let at = 0; at < samples.length; at++) {
    real += samples[at]! * Math.cos((at / rate) * hertz * 2 * Math.PI);
    imaginary += samples[at]! * Math.sin((at / rate) * hertz * 2 * Math.PI);
  }
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}
