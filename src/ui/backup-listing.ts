/** What the screen of backups asks for, and what it is told. */
import type { Result } from '../core/errors.ts';
import type { Sentence } from '../core/say.ts';

/** How far it is, in bytes. */
export type TellProgress = (done: number, of: number) => void;

export interface SavedBackup {
  readonly name: string;
  readonly bytes: number;
  readonly graphs: number;
  readonly takes: number;
  readonly files: number;
}
/** What a backup holds, and what restoring it would do here. */
export interface BackupLook {
  /** ISO date and time; empty where it does not say. */
  readonly savedAt: string;
  /** What can be made again is in it too. */
  readonly isWhole: boolean;
  readonly graphs: {
    readonly fresh: number;
    /** Here as they were then. */
    readonly same: number;
    /** Here, and changed since: they come a second time, under these names. */
    readonly seconds: readonly string[];
  };
  readonly takes: number;
  readonly files: number;
  readonly bytes: number;
  /** What of it cannot be read. */
  readonly lacks: readonly Sentence[];
}
export interface RestoredBackup {
  readonly graphs: number;
  readonly seconds: readonly string[];
  /** Taken out of the trash. */
  readonly broughtBack: number;
  readonly takes: number;
  readonly files: number;
  /** Templates, components, routing tables, workflows, lessons. */
  readonly others: number;
  /** What was left out, and why. */
  readonly lacks: readonly Sentence[];
}

export interface BackupCommands {
  /** `isWhole`: also what can be made again. The browser saves the file where it saves downloads. */
  saveBackup(isWhole: boolean, onProgress: TellProgress, cancelled: AbortSignal): Promise<Result<SavedBackup>>;
  /** Changes nothing. */
  lookIntoBackup(file: File): Promise<Result<BackupLook>>;
  /** Adds what is missing; whatever is here stays. What broke off goes on when it is done again. */
  restoreBackup(
    file: File,
    withSettings: boolean,
    onProgress: TellProgress,
    cancelled: AbortSignal,
  ): Promise<Result<RestoredBackup>>;
}
