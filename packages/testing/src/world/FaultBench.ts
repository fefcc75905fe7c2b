import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  domainPackKind,
  planKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  startTestCluster,
  reportSteps,
  type TestCluster,
} from '../cluster';
import { pack, plan, runtimeImages } from '../objects';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quiet, quietOf, type Violation } from '../oracles';
import { OperatorProcess, type LogLine } from '../process';
import { FaultProxy } from '../proxy';
import { behindPods, People, unsettled } from '../people';

/** Options of {@link FaultBench.start}. */
export interface FaultBenchOptions {
  /** Decides where faults have probabilities; 1 when absent. */
  seed?: number;
  /** Number of operators; of several, one leads and the others stand by. 1 by default. */
  operators?: number;
  /** Ends the start of the control plane. */
  signal?: AbortSignal;
  /** Hears how far the start of the control plane is. */
  tell?: (line: string) => void;
}

/**
 * A real control plane with a node whose kubelet KWOK plays, the real operator or several, and the fault
 * proxy between them.
 */
export class FaultBench {
  readonly admin: KubeClient;
  readonly people: People;
  readonly cluster: TestCluster;
  /** Folder of the bench. */
  readonly folder = mkdtempSync(join(tmpdir(), 'faults-'));
  /** Log lines of all operators so far. */
  readonly log: LogLine[] = [];
  #proxy: FaultProxy | undefined;
  readonly #operators: OperatorProcess[] = [];
  readonly #count: number;
  #started = 0;
  #still: { tenant: string; since: number; from: number } | undefined;

  private constructor(cluster: TestCluster, count: number) {
    this.cluster = cluster;
    this.#count = count;
    this.admin = cluster.client;
    this.people = new People(this.admin);
  }

  /** Starts all of it, with a plan, a pack and a runtime image. */
  static async start({
    seed,
    operators = 1,
    signal,
    tell,
  }: FaultBenchOptions = {}): Promise<FaultBench> {
    const cluster = await startTestCluster(
      { chartFolders: ['crds', 'templates'], simulatedNode: true },
      { signal, onState: tell && reportSteps(tell) },
    );
    const bench = new FaultBench(cluster, operators);
    try {
      await bench.#furnish();
      bench.#proxy = await bench.proxyFor('bailiwick:operator', seed);
      for (let slot = 0; slot < operators; slot += 1) bench.startOperator(slot);
    } catch (error) {
      await bench.stop();
      throw error;
    }
    return bench;
  }

  /** The proxy of the operators. */
  get proxy(): FaultProxy {
    return this.#proxy!;
  }

  /** The first operator, mostly the only one. */
  get operator(): OperatorProcess {
    return this.#operators[0];
  }

  /** All operators. */
  get operators(): readonly OperatorProcess[] {
    return this.#operators;
  }

  /** The operator that took the lease last, or the only one; absent when that one is over. */
  get leader(): OperatorProcess | undefined {
    if (this.#count === 1) return this.operator;
    const taken = this.proxy.writes.findLast(
      ({ holder, resource }) => resource === 'leases' && holder,
    );
    return this.#operators.find(({ name }) => name === taken?.client);
  }

  /** Another proxy, for another client. */
  async proxyFor(user: string, seed?: number): Promise<FaultProxy> {
    const kubeconfig = await this.cluster.identity(user);
    const serving = this.cluster.serving();
    const { folder } = this;
    return FaultProxy.start({ kubeconfig, folder, serving, seed });
  }

  /** Starts an operator with a name of its own in the passages. */
  startOperator(slot = 0): OperatorProcess {
    this.#started += 1;
    const name = `operator-${this.#started}`;
    const operator = OperatorProcess.start({
      name,
      kubeconfig: this.proxy.kubeconfigFor(name),
      leaderElection: this.#count > 1,
    });
    this.#operators[slot] = operator;
    return operator;
  }

  /** Kills an operator and starts another one. */
  async restartOperator(slot = 0): Promise<OperatorProcess> {
    await this.stopOperator(slot);
    return this.startOperator(slot);
  }

  /** Kills an operator; its log stays. */
  async stopOperator(slot = 0): Promise<void> {
    const operator = this.#operators[slot];
    await operator.kill();
    this.log.push(...operator.log.splice(0));
  }

  /** Exchanges all operators for others; they end in order, so that the next leads at once. */
  async exchangeOperators(): Promise<void> {
    await Promise.all(this.#operators.map(operator => operator.stop()));
    for (let slot = 0; slot < this.#count; slot += 1)
      await this.restartOperator(slot);
  }

  /** Waits until the operators know the state of the cluster, and one of them leads. */
  async operatorReady(): Promise<void> {
    const isReady = async () => {
      const asked = this.#operators.map(one => one.ask('/readyz'));
      const answers = await Promise.all(asked);
      return answers.every(({ status }) => status === 200);
    };
    await eventually('The operators are ready', isReady, 60);
    if (this.#count > 1)
      await eventually(
        'One leads',
        () => this.#operators.some(({ leads }) => leads),
        60,
      );
  }

  /** Creates a tenant with apps, and waits until all are complete. */
  async giveTenant(name: string, ...apps: string[]): Promise<string> {
    await this.people.createTenant(name);
    await this.settle(name, 120);
    for (const app of apps) await this.people.createApp(name, app);
    if (apps.length > 0) await this.settle(name);
    return name;
  }

  /** Waits until the quotas of a tenant count all of its pods, after which its status is written once more. */
  async countPods(tenant: string): Promise<void> {
    await eventually(
      `The quotas of ${tenant} count all pods`,
      async () => (await behindPods(this.admin, tenant)) === undefined,
      60,
    );
  }

  /** Waits until a tenant is ready and its apps run the wanted code. */
  async settle(tenant: string, seconds = 90): Promise<void> {
    let why: string | undefined = 'was not looked at';
    try {
      await eventually(
        `${tenant} settles`,
        async () => {
          why = await unsettled(this.admin, tenant);
          return why === undefined;
        },
        seconds,
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${why}`, { cause: error });
    }
  }

  /**
   * Waits until the operators have written nothing for some time; leases apart. On a busy machine, their last reactions
   * may be late, but an operator that fights with others or answers its own writes never stops.
   *
   * @throws Error with the writes of the last such time
   */
  async quiesce(milliseconds = 1500, seconds = 60): Promise<void> {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      const writes = await this.writesWithin(milliseconds);
      if (writes.length === 0) return;
      if (performance.now() > end)
        throw new Error(
          `The operator still writes after ${seconds} s:\n${writes.join('\n')}`,
        );
    }
  }

  /** O4: returns the operator's writes, of one tenant or of all, within some milliseconds without changes. */
  async writesWithin(
    milliseconds: number,
    tenant?: string,
  ): Promise<Violation[]> {
    const start = this.proxy.passages.length;
    await pause(milliseconds);
    const passages = this.proxy.passages.slice(start);
    return tenant ? quietOf(tenant, passages) : quiet(passages);
  }

  /** O4: creates a tenant with an app that nothing changes from now on. */
  async keepStill(tenant = 'still'): Promise<void> {
    await this.giveTenant(tenant, 'prices');
    await this.countPods(tenant);
    await this.quiesce();
    const since = this.proxy.passages.length;
    this.#still = { tenant, since, from: performance.now() };
  }

  /**
   * O4: returns writes to the unchanged tenant, regardless of others; waits until the observation lasts a minute.
   */
  async stillness(milliseconds = 60_000): Promise<Violation[]> {
    if (!this.#still) throw new Error('No tenant was kept still');
    const { from, since, tenant } = this.#still;
    await pause(Math.max(0, from + milliseconds - performance.now()));
    return quietOf(tenant, this.proxy.passages.slice(since));
  }

  /** Removes all faults and makes sure that the operators run. */
  async reset(): Promise<void> {
    this.proxy.clear();
    await this.proxy.wire.comeBack();
    for (const [slot, operator] of this.#operators.entries()) {
      if (operator.isRunning) operator.signal('SIGCONT');
      else await this.restartOperator(slot);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#operators.map(operator => operator.kill()));
    await this.#proxy?.close();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #furnish(): Promise<void> {
    const roomy = plan('small');
    const { perEnvironment } = roomy.spec;
    await this.admin.resource(planKind).create({
      ...roomy,
      spec: {
        ...roomy.spec,
        perEnvironment: { ...perEnvironment, cpu: '20', apps: 20, pods: 100 },
      },
    } as typeof roomy);
    await this.admin.resource(domainPackKind).create(pack('market'));
    await this.admin.resource(coreKinds.configMaps).create(
      runtimeImages({
        'bailiwick.python': 'registry.test/bailiwick/python:1',
        // What injectors add runs only when it is listed, too.
        injected: 'sidecar',
      }),
    );
  }
}

/** Waits; for quiet times, in which nothing may happen. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
