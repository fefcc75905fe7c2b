import type { Controller } from '../controller';
import type { LeaseElection } from '../election';
import type { Informer } from '../informer';

/** Options of {@link ControllerProgram}. */
export interface ControllerProgramOptions {
  controllers: Pick<Controller, 'run'>[];
  /** All copies that the controllers read. */
  informers: Informer<any>[];
  /** Only the leader's controllers work; all do when absent. */
  election?: LeaseElection;
}

/** Informers and controllers that run together, with one leader among several processes. */
export class ControllerProgram {
  readonly #options: ControllerProgramOptions;

  constructor(options: ControllerProgramOptions) {
    this.#options = options;
  }

  /** Whether the state of the cluster is known. */
  get isReady(): boolean {
    return this.#options.informers.every(({ isSettled }) => isSettled);
  }

  /** Runs until the signal aborts and all work has ended. @throws LeadershipLostError */
  async run(signal: AbortSignal): Promise<void> {
    const { controllers, informers, election } = this.#options;
    const lead = async (leading: AbortSignal) => {
      await Promise.all(controllers.map(controller => controller.run(leading)));
    };
    const watching = new AbortController();
    const following = AbortSignal.any([signal, watching.signal]);
    try {
      // A process that waits to lead already knows everything when its turn comes.
      startInformers(informers, following);
      await (election ? election.run(signal, lead) : lead(signal));
    } finally {
      // Also when the lease was lost: a process that only watches would never end.
      watching.abort();
    }
  }
}

/** Starts copies of one server; as soon as one follows it again the others try, too. */
export function startInformers(
  informers: Informer<any>[],
  signal: AbortSignal,
): void {
  for (const informer of informers) {
    hurryOthers(informer, informers);
    informer.start(signal);
  }
}

/** Milliseconds after which an open watch is no accident of a server that closes them at once. */
const steadyTime = 1000;

/** Where one watch is back the server is there again, and the others need not wait any longer. */
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
