import {
  ControllerProgram,
  EventRecorder,
  LeaseElection,
  type Controller,
  type ControllerMetrics,
  type KubeClient,
  type Logger,
} from '@bailiwick/backstage-kube-controller';
import { hostname } from 'node:os';
import { createAppController } from './app';
import { createApplier } from './apply';
import { createCaches, informersOf } from './cache';
import { createChangeRequestController } from './changeRequest';
import { createClusterController } from './cluster';
import { systemNamespace } from './names';
import { createPlanController } from './plan';
import type { Scope } from './scope';
import { createTenantController } from './tenant';
import { waitForServer } from './waitForServer';
import { watchProblem } from './watchProblem';

/** Options of {@link Operator}. */
export interface OperatorOptions {
  client: KubeClient;
  log: Logger;
  metrics?: ControllerMetrics;
  /** Name of this process for leader election; it leads at once when absent. */
  identity?: string;
  /** Names of the controllers to run; all when absent. */
  controllers?: readonly string[];
  now?: () => Date;
}

const leaseName = 'bailiwick-operator';

/** All controllers of Bailiwick on one cluster. */
export class Operator {
  readonly #options: OperatorOptions;
  readonly #program: ControllerProgram;

  constructor(options: OperatorOptions) {
    const { log, metrics, now = () => new Date() } = options;
    const election = createElection(options);
    const client = election
      ? options.client.fencedBy(() => election.holds)
      : options.client;
    const caches = createCaches(client, (type, error) =>
      log.warn(watchProblem(type, error)),
    );
    const scope: Scope = {
      client,
      caches,
      log,
      metrics,
      now,
      applier: createApplier(caches),
      events: new EventRecorder({
        client,
        controller: 'bailiwick.dev/operator',
        instance: options.identity ?? hostname(),
        onError: error =>
          log.warn(`An event was not written: ${(error as Error).message}`),
      }),
    };
    const all: Controller[] = [
      createPlanController(scope),
      createTenantController(scope),
      createChangeRequestController(scope),
      createAppController(scope),
      createClusterController(scope),
    ];
    const controllers = choose(all, options.controllers);
    metrics?.watch(controllers);
    this.#options = options;
    this.#program = new ControllerProgram({
      controllers,
      informers: informersOf(caches),
      election,
    });
  }

  /** Whether the state of the cluster is known. */
  get isReady(): boolean {
    return this.#program.isReady;
  }

  /** Runs until the signal aborts and all work has ended. @throws LeadershipLostError */
  async run(signal: AbortSignal): Promise<void> {
    const { client, log } = this.#options;
    await waitForServer(client, log, signal);
    await this.#program.run(signal);
  }
}

/** @throws Error for a name that no controller has */
function choose(
  all: Controller[],
  wanted: readonly string[] = all.map(({ name }) => name),
): Controller[] {
  const unknown = wanted.find(one => all.every(({ name }) => name !== one));
  if (unknown !== undefined)
    throw new Error(
      `There is no controller "${unknown}", only ${all
        .map(({ name }) => name)
        .join(', ')}`,
    );
  return all.filter(({ name }) => wanted.includes(name));
}

function createElection({
  client,
  log,
  identity,
  metrics,
}: OperatorOptions): LeaseElection | undefined {
  return identity
    ? new LeaseElection({
        client,
        log,
        identity,
        namespace: systemNamespace,
        name: leaseName,
        onLeading: isLeading => metrics?.setLeading(leaseName, isLeading),
      })
    : undefined;
}
