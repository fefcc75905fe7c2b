import type { Controller } from '../controller';
import type { LeaseElection } from '../election';
import type { Informer } from '../informer';

/** Options of {@link ControllerProgram}. @public */
export interface ControllerProgramOptions {
  controllers: Pick<Controller, 'run'>[];
  /** All informers of the controllers. */
  informers: Informer<any>[];
  /** Runs the controllers only on the leader; on every process when absent. */
  election?: LeaseElection;
}

/** Informers and controllers that run together, with one leader among several processes. @public */
export class ControllerProgram {
  readonly #options: ControllerProgramOptions;

  constructor(options: ControllerProgramOptions) {
    this.#options = options;
  }

  /** Whether all caches are synced. */
  get isReady(): boolean {
    return this.#options.informers.every(({ isSettled }) => isSettled);
  }

  /** Whether this process leads, or needs no election. */
  get isLeading(): boolean {
    return this.#options.election?.holds ?? true;
  }

  /** Runs until the signal aborts and all controllers have stopped. @throws LeadershipLostError */
  async run(signal: AbortSignal): Promise<void> {
    const { controllers, informers, election } = this.#options;
    const lead = async (leading: AbortSignal) => {
      await Promise.all(controllers.map(controller => controller.run(leading)));
    };
    const watching = new AbortController();
    const following = AbortSignal.any([signal, watching.signal]);
    try {
      // A candidate keeps its caches warm.
      startInformers(informers, following);
      await (election ? election.run(signal, lead) : lead(signal));
    } finally {
      // Also after the lease was lost, as open watches would keep the process running.
      watching.abort();
    }
  }
}

/** Starts the informers of one server; as soon as one reconnects, the others retry as well. @public */
export function startInformers(
  informers: Informer<any>[],
  signal: AbortSignal,
): void {
  for (const informer of informers) {
    hurryOthers(informer, informers);
    informer.start(signal);
  }
}

/** Milliseconds after which an open watch shows that the server is back. */
const steadyTime = 1000;

/** Makes all informers retry after one of them has reconnected. */
function hurryOthers(informer: Informer<any>, all: Informer<any>[]): void {
  const hurry = () => {
    if (!informer.isConnected) return;
    for (const other of all)
      if (!other.isConnected) other.retryNow({ patiently: true });
  };
  informer.onConnection(() => {
    if (informer.isConnected) setTimeout(hurry, steadyTime).unref();
  });
}
