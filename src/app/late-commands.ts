/** Commands that run, judge, bring in or send out: plain async functions over stores, storage and the thread. */
import type { GraphId } from '../core/ids.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import { t } from '../words/t.ts';
import type {
  DeskCommands,
  FrameCommands,
  ListedGraphCommands,
  MeasureCommands,
  OwnModelCommands,
  ProviderCommands,
  ShelfCommands,
} from '../ui/commands.ts';
import { createClipboard } from './clipboard.ts';
import { goOnAfterVerdicts } from './after-verdict.ts';
import { followLeft } from './followed.ts';
import type { Intake } from './intake.ts';
import { createHandOff } from './hand-off-command.ts';
import { createIncoming } from './incoming.ts';
import type { LatePart } from './late-part.ts';
import type { BackupCommands } from '../ui/backup-listing.ts';
import type { CampaignCommands } from '../ui/campaign-listing.ts';
import type { ResultsCommands } from '../ui/results-listing.ts';
import type { ClassCommands, LessonCommands } from '../ui/lesson-listing.ts';
import { notifyFailure } from './notify-failure.ts';
import { createOutgoing } from './outgoing.ts';
import { createRunner } from './runner.ts';
import { settleLeft } from './settle-left.ts';
import { createSpaceCommands } from './space-commands.ts';
import type { Services } from './services.ts';
import { createTakeCommands } from './take-commands.ts';
import { createUnsettled } from './unsettled.ts';

/** Storage is tidied, and takes of other graphs are settled, when the first screen has long been drawn. */
const TIDY_DELAY_MS = 5000;

export function createLateCommands(
  services: Services,
  intake: Intake,
  noteReplay: (graph: GraphId, report: ReplayReport) => Promise<void>,
): Omit<
  LatePart,
  | 'storeFile'
  | keyof DeskCommands
  | keyof ShelfCommands
  | keyof OwnModelCommands
  | keyof ProviderCommands
  | keyof LessonCommands
  | keyof ClassCommands
  | keyof MeasureCommands
  | keyof CampaignCommands
  | keyof FrameCommands
  | keyof ListedGraphCommands
  | keyof BackupCommands
  | keyof ResultsCommands
> {
  const { workspace, seeds, thread } = services;
  const { tidy, ...space } = createSpaceCommands(services);
  const { followSent, ...runner } = createRunner(services, seeds, tidy);
  followLeft(services, followSent);
  settleLeft(services, TIDY_DELAY_MS);
  const incoming = createIncoming(services, intake);
  setTimeout(() => void tidy(), TIDY_DELAY_MS);

  return {
    ...createTakeCommands(services, runner.startRun, goOnAfterVerdicts(services, runner.startRun)),
    ...createUnsettled(services, runner.startRun, followSent),
    lockSeed: (node, param, before) => seeds.lock(node, param, before),
    ...runner,
    ...space,
    ...incoming,
    ...createClipboard(services, intake.reading, incoming.takeText),
    ...createOutgoing(services),
    ...createHandOff(services),

    async freeze(outputs) {
      const kept = await thread().call.freeze(outputs);
      if (!kept.ok) notifyFailure(workspace, t('The result was not kept, so nothing was frozen.'), kept.error);
      return kept.ok ? kept.value : undefined;
    },
    async replay(id) {
      const { id: graph } = services.document.getState();
      const report = await thread().call.replay(id);
      if (report.ok && graph) await noteReplay(graph, report.value);
      return report;
    },
  };
}
