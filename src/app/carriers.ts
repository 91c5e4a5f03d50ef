/** Pictures and clips that carry the graph they were made by: whether the graph is meant or the picture is asked. */
import type { GraphCarrier, CarriersAs, WorkspaceStore } from '../state/workspace.ts';

/** Resolves with what a person chose for all of them, with nothing where they are to be left alone. */
export function askWhatIsMeant(
  workspace: WorkspaceStore,
  carriers: readonly GraphCarrier[],
  usual: CarriersAs,
): Promise<CarriersAs | undefined> {
  workspace.getState().carriers?.answer(undefined);
  return new Promise((resolve) => {
    const answer = (choice: CarriersAs | undefined) => {
      workspace.setState({ carriers: undefined });
      resolve(choice);
    };
    workspace.setState({ carriers: { carriers, usual, answer } });
  });
}
