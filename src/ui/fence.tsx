/**
 * Fences: what breaks while it is drawn stays in its own part of the page and says so there; everything around it goes
 * on.
 */
import { TriangleAlert } from 'lucide-react';
import { Suspense, useRef, type ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { toFailure } from '../core/errors.ts';
import { useApp, useFact } from './app-context.ts';
import { copyText, detailsOf } from './details.ts';
import { askForPartAgain } from './part.tsx';
import { CopyDetails, Happened, Retry, WaysOut } from './ways-out.tsx';
import { tip } from './widgets/tip.ts';
import { t, tell } from '../words/t.ts';
import './fence.css';
import './theme/page.css';

type Room = 'screen' | 'panel' | 'line' | 'card';
interface FenceProps {
  /** What is fenced, as the beginning of a sentence: "The inspector". */
  readonly what: string;
  /** How much room there is for words: a whole screen, a panel of it, one line of a bar, or a card on the canvas. */
  readonly room: Room;
  /** What makes it worth another try by itself when it changes: the address, the selection. */
  readonly renewedBy?: readonly unknown[];
  readonly children: ReactNode;
}

/** Draws its children, or in their place what happened and what can be done. */
export function Fence({ what, room, renewedBy, children }: FenceProps) {
  const broken = useRef<unknown>(undefined);
  const Stopped = STOPPED[room];
  return (
    <ErrorBoundary
      {...(renewedBy ? { resetKeys: [...renewedBy] } : {})}
      onError={(error) => void (broken.current = error)}
      onReset={() => askForPartAgain(broken.current)}
      fallbackRender={(stopped) => <Stopped what={what} {...stopped} />}
    >
      {children}
    </ErrorBoundary>
  );
}

/** For a part that comes after what it stands in; until then there is nothing in its place. */
export function LateFence({ what, children }: Pick<FenceProps, 'what' | 'children'>) {
  return (
    <Fence what={what} room="line">
      <Suspense fallback={null}>{children}</Suspense>
    </Fence>
  );
}

/** A fence that is tried again whenever something else is selected or another board is looked at. */
export function SelectionFence({ renewedBy = [], ...fence }: FenceProps) {
  const { document, workspace } = useApp();
  const selection = useFact(workspace, (state) => state.selection);
  const path = useFact(document, (state) => state.path);
  return <Fence {...fence} renewedBy={[selection, path, ...renewedBy]} />;
}

/** What lies over the page, and what the workspace says while it does not. */
const CLOSED = {
  adding: undefined,
  carriers: undefined,
  drawingOn: undefined,
  finding: false,
  palette: false,
  sheet: false,
  solo: undefined,
  viewing: undefined,
} as const;

interface OverlayFenceProps {
  readonly what: string;
  readonly over: keyof typeof CLOSED;
  readonly children: ReactNode;
}
/** For what lies over the page: when it breaks it is closed, a notice says why, and opening it again is another try. */
export function OverlayFence({ what, over, children }: OverlayFenceProps) {
  const { workspace } = useApp();
  const isOpen = useFact(workspace, (state) => state[over] !== CLOSED[over]);
  const onError = (error: unknown) => {
    workspace.setState({ [over]: CLOSED[over] });
    const copy = { label: t('Copy the details'), act: () => void copyText(detailsOf(error)) };
    workspace.notify('bad', t('{0} could not be shown.', what), toFailure(error).message, copy);
  };
  return (
    <ErrorBoundary resetKeys={[isOpen]} fallback={null} onError={onError}>
      {children}
    </ErrorBoundary>
  );
}

type StoppedProps = FallbackProps & { readonly what: string };

/** A whole screen that says what happened. */
export function StoppedScreen({ what, error, resetErrorBoundary }: StoppedProps) {
  return (
    <main className="page stopped" aria-label={t('Stopped')}>
      <section className="panel stopped__panel" role="alert">
        <h1>
          <TriangleAlert size={20} aria-hidden /> {t('{0} could not be shown.', what)}
        </h1>
        <Happened error={error} />
        <WaysOut error={error} onRetry={resetErrorBoundary} alone />
      </section>
    </main>
  );
}

function StoppedPanel({ what, error, resetErrorBoundary }: StoppedProps) {
  return (
    <section className="stopped" role="alert" aria-label={t('Stopped')}>
      <div className="stopped__panel">
        <h2>
          <TriangleAlert size={16} aria-hidden /> {t('{0} could not be shown.', what)}
        </h2>
        <Happened error={error} />
        <WaysOut error={error} onRetry={resetErrorBoundary} />
      </div>
    </section>
  );
}

function StoppedLine({ what, error, resetErrorBoundary }: StoppedProps) {
  return (
    <div className="stopped-line" role="alert" {...tip(tell(toFailure(error).message))}>
      <TriangleAlert size={14} aria-hidden />
      <span>{t('{0} could not be shown.', what)}</span>
      <Retry onRetry={resetErrorBoundary} />
      <CopyDetails error={error} />
    </div>
  );
}

function StoppedCard({ what, error, resetErrorBoundary }: StoppedProps) {
  return (
    <div className="stopped-card nodrag" role="alert" {...tip(tell(toFailure(error).message))}>
      <p>{t('{0} could not be shown.', what)}</p>
      <Retry onRetry={resetErrorBoundary} />
    </div>
  );
}

const STOPPED = {
  screen: StoppedScreen,
  panel: StoppedPanel,
  line: StoppedLine,
  card: StoppedCard,
} as const satisfies Record<Room, unknown>;
