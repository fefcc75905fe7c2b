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
import { createCaches, informersOf } from './cache';
import { createAddressController } from './kinds/address';
import { createAppController, createAutoscalingController } from './kinds/app';
import { createBuildController } from './kinds/build';
import { createChangeRequestController } from './kinds/changeRequest';
import { createClusterController } from './kinds/cluster';
import { createPlanController } from './kinds/plan';
import { createReleaseController } from './kinds/release';
import { createRunController } from './kinds/run';
import { createTenantController } from './kinds/tenant';
import { createWorkspaceController } from './kinds/workspace';
import { systemNamespace } from './names';
import {
  AddressBook,
  Targets,
  createApplier,
  type Enqueue,
  type Placement,
  type ScalingTimes,
} from './placement';
import { waitForServer } from './waitForServer';
import { watchProblem } from './watchProblem';

/** Options of {@link Operator}. */
export interface OperatorOptions {
  client: KubeClient;
  log: Logger;
  metrics?: ControllerMetrics;
  /** Name of this process for leader election; no election when absent. */
  identity?: string;
  /** Seconds after which another operator takes over from an unresponsive one. */
  leaseSeconds?: number;
  /** Names of the controllers to run; all when absent. */
  controllers?: readonly string[];
  /** Opens a connection to a target from the content of a kubeconfig. */
  connect?: (kubeconfig: string) => KubeClient;
  now?: () => Date;
  /** Times of autoscaling; for tests. */
  scalingTimes?: ScalingTimes;
}

const defaultScalingTimes: ScalingTimes = {
  busy: 5000,
  idle: 10_000,
  burst: 10_000,
  window: 60_000,
};

const leaseName = 'bailiwick-operator';

/** Controllers that run on each target, by their names. */
const targetControllers = {
  tenant: createTenantController,
  app: createAppController,
  autoscaling: createAutoscalingController,
  release: createReleaseController,
  run: createRunController,
  workspace: createWorkspaceController,
};
/** Controllers that run on the hub, by their names. */
const hubControllers = {
  plan: createPlanController,
  changerequest: createChangeRequestController,
  cluster: createClusterController,
  build: createBuildController,
  address: createAddressController,
  ...targetControllers,
};

/** Runs all controllers of Bailiwick on the hub and on the targets. */
export class Operator {
  readonly #options: OperatorOptions;
  readonly #program: ControllerProgram;

  constructor(options: OperatorOptions) {
    const {
      log,
      metrics,
      now = () => new Date(),
      scalingTimes = defaultScalingTimes,
    } = options;
    const election = createElection(options);
    const mayWrite = election && (() => election.holds);
    const client = mayWrite
      ? options.client.fencedBy(mayWrite)
      : options.client;
    const caches = createCaches(client, (type, error) =>
      log.warn(watchProblem(type, error)),
    );
    const targets = new Targets();
    const controllers: Controller[] = [];
    const enqueue: Enqueue = (kind, key, priority) =>
      controllers.find(({ name }) => name === kind)?.enqueue(key, priority);
    const placement: Placement = {
      client,
      hub: client,
      caches,
      targets,
      addresses: new AddressBook(enqueue),
      log,
      metrics,
      mayWrite,
      now,
      scalingTimes,
      applier: createApplier(caches),
      events: new EventRecorder({
        client,
        controller: 'bailiwick.dev/operator',
        instance: options.identity ?? hostname(),
        now,
        onError: error =>
          log.warn(`Can't write an event: ${(error as Error).message}`),
      }),
    };
    const chosen = selectControllers(options.controllers);
    controllers.push(
      ...chosen(hubControllers).map(create => create(placement)),
    );
    metrics?.watch(controllers);
    const targetRunner = {
      run: (signal: AbortSignal) =>
        targets.run(
          {
            hub: placement,
            connect: options.connect,
            createControllers: target =>
              chosen(targetControllers).map(create => create(target)),
            enqueue,
          },
          signal,
        ),
    };
    this.#options = options;
    this.#program = new ControllerProgram({
      controllers: [...controllers, targetRunner],
      informers: informersOf(caches),
      election,
    });
  }

  /** Whether the caches of the hub are complete. */
  get isReady(): boolean {
    return this.#program.isReady;
  }

  /** Whether this process reconciles, rather than standing by for the leader. */
  get isLeading(): boolean {
    return this.#program.isLeading;
  }

  /** Runs until the signal aborts and all controllers have stopped. @throws LeadershipLostError */
  async run(signal: AbortSignal): Promise<void> {
    const { client, log } = this.#options;
    await waitForServer(client, log, signal);
    await this.#program.run(signal);
  }
}

/**
 * Selects controllers by their names.
 *
 * @throws Error for an unknown name
 */
function selectControllers(
  wanted: readonly string[] = Object.keys(hubControllers),
) {
  const unknown = wanted.find(one => !Object.hasOwn(hubControllers, one));
  if (unknown !== undefined)
    throw new Error(
      `Unknown controller "${unknown}"; available: ${Object.keys(
        hubControllers,
      ).join(', ')}`,
    );
  return (all: Record<string, (placement: Placement) => Controller>) =>
    Object.entries(all).flatMap(([name, create]) =>
      wanted.includes(name) ? create : [],
    );
}

function createElection({
  client,
  log,
  identity,
  leaseSeconds,
  metrics,
}: OperatorOptions): LeaseElection | undefined {
  return identity
    ? new LeaseElection({
        client,
        log,
        identity,
        leaseSeconds,
        namespace: systemNamespace,
        name: leaseName,
        onLeading: isLeading => metrics?.setLeading(leaseName, isLeading),
      })
    : undefined;
}
