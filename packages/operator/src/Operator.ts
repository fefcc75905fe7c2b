import {
  LeaseElection,
  type Controller,
  type ControllerOptions,
  type KubeClient,
  type Logger,
} from '@bailiwick/backstage-kube-controller';
import { createAppController } from './app';
import { Applier } from './apply';
import { createCaches, informersOf, type Caches } from './cache';
import { createChangeRequestController } from './changeRequest';
import { createClusterController } from './cluster';
import { systemNamespace } from './names';
import { createPlanController } from './plan';
import type { Scope } from './scope';
import { createTenantController } from './tenant';
import { waitForKinds } from './waitForKinds';

/** Options of {@link Operator}. */
export interface OperatorOptions {
  client: KubeClient;
  log: Logger;
  observe?: ControllerOptions['observe'];
  /** Name of this process for leader election; it leads at once when absent. */
  identity?: string;
  now?: () => Date;
}

/** All controllers of Bailiwick on one cluster. */
export class Operator {
  readonly #options: OperatorOptions;
  readonly #caches: Caches;
  readonly #controllers: Controller[];

  constructor(options: OperatorOptions) {
    const { client, log, observe, now = () => new Date() } = options;
    const onError = (error: unknown) =>
      log.warn(`Watching failed: ${(error as Error).message}`);
    const caches = createCaches(client, onError);
    const scope: Scope = {
      client,
      caches,
      log,
      now,
      applier: new Applier(client, caches),
    };
    this.#options = options;
    this.#caches = caches;
    this.#controllers = [
      createPlanController(scope, observe),
      createTenantController(scope, observe),
      createChangeRequestController(scope, observe),
      createAppController(scope, observe),
      createClusterController(scope, observe),
    ];
  }

  /** Whether the state of the cluster is known. */
  get isReady(): boolean {
    return informersOf(this.#caches).every(({ isSynced }) => isSynced);
  }

  /** Runs until the signal aborts and all work has ended. @throws LeadershipLostError */
  async run(signal: AbortSignal): Promise<void> {
    const { client, log } = this.#options;
    await waitForKinds(client, log, signal);
    const watching = new AbortController();
    const following = AbortSignal.any([signal, watching.signal]);
    // A process that waits to lead already knows everything when its turn comes.
    for (const informer of informersOf(this.#caches)) informer.start(following);
    try {
      await this.#run(signal);
    } finally {
      watching.abort();
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { client, identity, log } = this.#options;
    if (!identity) {
      await this.#lead(signal);
      return;
    }
    const election = new LeaseElection({
      client,
      log,
      identity,
      namespace: systemNamespace,
      name: 'bailiwick-operator',
    });
    await election.run(signal, leading => this.#lead(leading));
  }

  async #lead(signal: AbortSignal): Promise<void> {
    await Promise.all(
      this.#controllers.map(controller => controller.run(signal)),
    );
  }
}
