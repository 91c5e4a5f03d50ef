/** The job service of this process, asked as a page asks the gateway's. */
import { openAsBlob } from 'node:fs';
import { NodeError } from '../../core/errors.ts';
import type { PictureFile } from '../../providers/adapter.ts';
import type { ServicesClient } from '../../providers/job-client.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import type { JobService } from './job-service.ts';

/** Another process may be at work on a job: its steps are not heard here. */
const ASK_AGAIN_MS = 1000;

export const ownClient = (service: JobService): ServicesClient => ({
  async put(id, order, files) {
    const pictures = new Map<string, PictureFile>();
    for (const [name, file] of files)
      pictures.set(name, { bytes: new Uint8Array(await file.arrayBuffer()), mime: file.type });
    try {
      return await service.put(id, order, pictures);
    } catch (thrown) {
      if (!(thrown instanceof ServiceTrouble)) throw thrown;
      const { said, facts } = thrown;
      const code = facts.code === 'over-budget' ? 'over-budget' : 'service';
      throw new NodeError(code, said, facts.hint === undefined ? {} : { hint: facts.hint });
    }
  },
  get: service.get,
  cancel: service.cancel,
  providers: service.providers,
  quotes: service.quotes,
  budget: service.budget,
  booked: service.booked,
  lookAgain: service.lookAgain,
  countLost: service.countLost,
  changed: (id, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const stop = () => {
        clearTimeout(timer);
        unlisten();
        signal.removeEventListener('abort', giveUp);
      };
      const tell = () => {
        stop();
        resolve();
      };
      const giveUp = () => {
        stop();
        reject(signal.reason as Error);
      };
      const timer = setTimeout(tell, ASK_AGAIN_MS);
      const unlisten = service.listen((changed) => changed === id && tell());
      signal.addEventListener('abort', giveUp, { once: true });
    }),
  output: async (id) => openAsBlob(service.output(id)),
});
