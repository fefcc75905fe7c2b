import {
  fullDisk,
  startOf,
  stopCluster as cleanUpCluster,
  type ClusterState,
} from '@bailiwick/backstage-local-cluster';
import { KubeClient } from '@bailiwick/backstage-kube-controller';
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addresses,
  clusterName,
  CommandError,
  paths,
  type StackOptions,
  type StackState,
  writeStackState,
} from '@bailiwick/backstage-cli';
import { installChart } from '../install/installChart';
import {
  forgetIdentities,
  installIdentities,
} from '../install/installIdentities';
import { offerDockerfiles, offerPackages } from '../install/offerBuilds';
import {
  advisoriesPath,
  loadRuntimeImage,
  publishRuntimeImage,
} from '../install/runtimeImage';
import { findCrashes } from '../install/findCrashes';
import { installInCluster } from '../install/installInCluster';
import { installPacks } from '../install/installPacks';
import { ManagedProcess, StuckError } from '../process/ManagedProcess';
import { buildFrontend, isFrontendBuilt } from '../frontend/buildFrontend';
import { initialState } from './initialState';
import { withClusterFailure } from '../cluster/withClusterFailure';
import { followCluster, startCluster } from '../cluster/clusterProcess';
import { stopCluster } from '../cluster/stopCluster';
import {
  createManagedProcesses,
  type ManagedProcesses,
} from './managedProcesses';
import type { Reporter } from '../progress/Reporter';
import { StepReporter } from '../progress/StepReporter';

/** Milliseconds between two lines about a slow part. */
const progressMs = 30_000;
const clusterPauseMs = 2_000;
const clusterPauseMaxMs = 60_000;

/** Portal, gateway, operator, sign-in and cluster of one data folder, started and stopped as one. */
export class Stack {
  readonly #options: StackOptions;
  readonly #reporter: Reporter;
  readonly #stopping = new AbortController();
  readonly #parts: ManagedProcesses;
  readonly #stepReporter: StepReporter;
  readonly #state: StackState;
  /** Parts that died and are not ready again yet. */
  readonly #returning = new Set<ManagedProcess>();
  /** Path of a database of advisories; checked before anything starts. */
  readonly #advisories = advisoriesPath();
  #cluster?: ChildProcess;
  #clusterBegan = 0;
  #respawn?: NodeJS.Timeout;

  constructor(options: StackOptions, reporter: Reporter) {
    this.#options = options;
    this.#reporter = reporter.until(this.#stopping.signal);
    this.#stepReporter = new StepReporter(this.#reporter);
    this.#parts = createManagedProcesses(options);
    for (const part of Object.values(this.#parts)) {
      part.onSpawn = (pid?: number) => this.#spawned(part, pid);
      part.onDeath = (how: string, seconds: number) =>
        this.#died(part.options, how, seconds);
    }
    this.#state = initialState(options, Object.values(this.#parts));
  }

  /** Starts everything; fulfilled when all parts are ready. @throws CommandError */
  async start(): Promise<void> {
    this.#write();
    forgetIdentities(this.#options);
    // The first start has no pods, and the node takes longest.
    if (existsSync(paths(this.#options).cluster) && isFrontendBuilt())
      rmSync(paths(this.#options).podGate, { force: true });
    else this.#openPodGate();
    this.#spawnCluster(clusterPauseMs);
    const work = this.#options.inCluster
      ? [this.#startInCluster()]
      : this.#startHere();
    const failure = () => this.#follow(() => false);
    await Promise.all(work.map(part => withClusterFailure(part, failure)));
    this.#state.ready = true;
    this.#state.readySeconds = this.#reporter.seconds();
    this.#write();
  }

  /** Remembers why the start failed, for those who wait for it. */
  fail(error: unknown): void {
    const { message, remedy } =
      error instanceof CommandError
        ? error
        : fullDisk(error) ?? {
            message: String((error as Error).stack ?? error),
            remedy: `See the logs in ${paths(this.#options).logs}.`,
          };
    this.#state.error = { message, remedy };
    this.#write();
  }

  /** Stops everything in the order in which it depends on each other. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#respawn);
    const { gateway, identity, operator, portal } = this.#parts;
    await Promise.all(
      [portal, gateway, identity, operator].map(part => part.stop()),
    );
    if (this.#cluster) await stopCluster(this.#cluster);
    // One that died, or did not come up, keeps its addresses for the next attempt.
    await cleanUpCluster(this.#options.dataDir, clusterName);
  }

  /** Starts the cluster; when it dies later, again after pauses that grow. */
  #spawnCluster(pauseMs: number): void {
    const child = startCluster(this.#options);
    const began = Date.now();
    this.#cluster = child;
    this.#clusterBegan = began;
    this.#noteProcess('cluster', child.pid);
    child.once('exit', (code, signal) => {
      if (this.#stopping.signal.aborted || !this.#state.ready) return;
      const lastedLong = Date.now() - began > clusterPauseMaxMs;
      const next = lastedLong ? clusterPauseMs : pauseMs;
      const { log } = this.#state.parts.find(({ name }) => name === 'cluster')!;
      const how = signal ? `signal ${signal}` : `exit ${code}`;
      this.#died({ name: 'cluster', log: log! }, how, next / 1_000);
      this.#respawn = setTimeout(
        () => this.#spawnCluster(Math.min(next * 2, clusterPauseMaxMs)),
        next,
      );
    });
    // As long as this process lives; its end is reported above, or by the process that waits for its start.
    this.#follow(state => this.#noteCluster(state)).catch(() => {});
  }

  /** Remembers how well the cluster is; always false, so that it can be followed on. */
  #noteCluster({ components, phase }: ClusterState): false {
    const ready = phase === 'ready' && components.every(each => each.ready);
    const known = this.#state.parts.find(({ name }) => name === 'cluster')!;
    if (ready !== known.ready) {
      const isAgain = this.#state.ready && known.seconds === undefined;
      const seconds = Math.round((Date.now() - this.#clusterBegan) / 100) / 10;
      this.#update('cluster', {
        ready,
        seconds: known.seconds ?? (ready ? seconds : undefined),
      });
      if (ready && isAgain) {
        this.#reporter.say(`✔ The cluster is ready again (${seconds} s)`);
      }
    }
    return false;
  }

  #died(
    { log, name }: { log: string; name: string },
    how: string,
    seconds: number,
  ): void {
    this.#update(name, { pid: undefined, ready: false, seconds: undefined });
    this.#reporter.say(
      `✘ The ${name} ended (${how}, see ${log}): restarting in ${seconds} s`,
    );
  }

  /** A part has a new process: the first, or one after a death. */
  #spawned(part: ManagedProcess, pid: number | undefined): void {
    this.#noteProcess(part.options.name, pid);
    // One that dies again on the way is waited for already.
    if (!this.#state.ready || this.#returning.has(part)) return;
    this.#returning.add(part);
    this.#ready(part)
      .catch((error: Error) => this.#reporter.say(`✘ ${error.message}`))
      .finally(() => this.#returning.delete(part));
  }

  /** Starts our programs as processes of this machine. */
  #startHere(): Promise<void>[] {
    const portal = this.#startPortal();
    return [portal, this.#startCluster(portal)];
  }

  /** Installs our programs with the chart, and relays their ports to this machine. */
  async #startInCluster(): Promise<void> {
    const { signal } = this.#stopping;
    this.#openPodGate();
    await this.#follow(() => true);
    const ready = this.#follow(({ phase }) => phase === 'ready');
    const reporter = this.#reporter;
    const install = installInCluster(this.#options, {
      ready,
      reporter,
      signal,
    });
    const [cluster, image] = await Promise.all([ready, install]);
    this.#noteCluster(cluster);
    const { kubeconfig, registry } = cluster;
    this.#state.kubeconfig = kubeconfig;
    const client = this.#client();
    const started = new AbortController();
    const parts = Promise.all([
      ...Object.values(this.#parts).map(part => {
        part.start(['--kubeconfig', kubeconfig]);
        return this.#ready(part);
      }),
      this.#offerPackages(client, { registry, image }),
    ]);
    await Promise.race([
      parts,
      findCrashes(client, AbortSignal.any([signal, started.signal])),
    ]).finally(() => started.abort());
    await client.close();
    this.#offerDockerfiles(cluster);
  }

  async #startPortal(): Promise<void> {
    const { identity, portal } = this.#parts;
    identity.start();
    const signIn = this.#ready(identity);
    signIn.catch(() => {}); // reported by the await below
    if (!isFrontendBuilt())
      await this.#reporter.step("Build the portal's pages", () =>
        buildFrontend(
          join(paths(this.#options).logs, 'frontend.log'),
          this.#stopping.signal,
        ),
      );
    portal.start();
    await Promise.all([signIn, this.#ready(portal)]);
    this.#reporter.say(
      `✔ The portal is ready at ${addresses(this.#options).portal}`,
    );
  }

  async #startCluster(portal: Promise<void>): Promise<void> {
    await this.#follow(() => true);
    const apiServer = this.#follow(({ steps }) =>
      steps.some(({ name, state }) => name === 'api' && state === 'done'),
    );
    // While programs of the cluster are built, the portal comes first.
    const image = Promise.race([apiServer, portal]).then(() =>
      this.#reporter.step('Function runtime', () =>
        loadRuntimeImage(this.#options, this.#stopping.signal),
      ),
    );
    image.catch(() => {}); // reported by the await below, unless the cluster failed before
    const api = await apiServer;
    this.#state.kubeconfig = api.kubeconfig;
    // A foreign cluster is not changed before it is clear that apps can run there.
    if (api.provider === 'existing') await image;
    const client = this.#client();
    const ready = this.#follow(({ phase }) => phase === 'ready').then(state => {
      this.#noteCluster(state);
      return state;
    });
    ready.catch(() => {}); // reported by the await below
    // Other clusters' Service addresses cannot be reached from this machine.
    const upstream = api.provider === 'local' ? 'direct' : 'proxy';
    await this.#reporter.step('Kinds and access rules', async () => {
      await installChart(client, api.provider, this.#options.dataDir);
      await installIdentities(this.#options);
    });
    await Promise.all([
      ready,
      Promise.all([this.#startPrograms(client, upstream), portal]).then(() =>
        this.#openPodGate(),
      ),
      image.then(ref => publishRuntimeImage(client, ref)),
      Promise.all([ready, image]).then(([{ registry }, ref]) =>
        this.#offerPackages(client, { registry, image: ref }),
      ),
    ]);
    await client.close();
    this.#offerDockerfiles(await ready);
  }

  #offerPackages(
    client: KubeClient,
    found: Pick<ClusterState, 'registry'> & { image: string },
  ): Promise<void> {
    return offerPackages(this.#options, client, {
      ...found,
      advisories: this.#advisories,
      signal: this.#stopping.signal,
    });
  }

  /** Nothing waits for it. */
  #offerDockerfiles({ registry }: ClusterState): void {
    if (!registry) return;
    const client = this.#client();
    offerDockerfiles(this.#options, client, this.#stopping.signal)
      .catch((error: Error) =>
        this.#reporter.say(`✘ Dockerfiles can't be built: ${error.message}`),
      )
      .finally(() => client.close());
  }

  #client(): KubeClient {
    return KubeClient.fromKubeconfig({
      path: this.#state.kubeconfig!,
      context: this.#options.context,
      userAgent: 'bailiwick-install',
    });
  }

  /** Allows pods to start. They all start at once, and would take the processors from everything else. */
  #openPodGate(): void {
    writeFileSync(paths(this.#options).podGate, '');
  }

  async #startPrograms(
    client: KubeClient,
    upstream: 'direct' | 'proxy',
  ): Promise<void> {
    const { gateway, operator } = this.#parts;
    operator.start();
    gateway.start(['--upstream', upstream]);
    await Promise.all([
      this.#reporter.step('Packs', () => installPacks(client)),
      this.#ready(operator),
      this.#ready(gateway),
    ]);
  }

  #follow(until: (state: ClusterState) => boolean): Promise<ClusterState> {
    return followCluster(this.#options, this.#cluster!, until, {
      reporter: this.#stepReporter,
      signal: this.#stopping.signal,
    });
  }

  async #ready(part: ManagedProcess): Promise<void> {
    const { name, readyUrl, log } = part.options;
    const { signal } = this.#stopping;
    const progress = setInterval(
      () => this.#reporter.say(`… The ${name} – ${part.age()} s so far`),
      progressMs,
    );
    try {
      await part.ready(signal);
    } catch (error) {
      if (!(error instanceof StuckError)) throw error; // everything is being stopped
      throw new CommandError(
        `${error.message}:\n${part.lastOutput()}`,
        `The full log is in ${log}.`,
      );
    } finally {
      clearInterval(progress);
    }
    this.#update(name, {
      ready: true,
      seconds: part.age(),
      address: new URL(readyUrl).origin,
    });
    this.#reporter.say(`✔ The ${name} is ready (${part.age()} s)`);
    part.watch(ready => this.#noteHealth(part, ready)).catch(() => {});
  }

  #noteHealth(
    { options: { log, name } }: ManagedProcess,
    ready: boolean,
  ): void {
    this.#update(name, { ready });
    this.#reporter.say(
      ready
        ? `✔ The ${name} responds again`
        : `✘ The ${name} is not responding; see ${log}`,
    );
  }

  #noteProcess(name: string, pid: number | undefined): void {
    const processStart = pid === undefined ? undefined : startOf(pid);
    this.#update(name, { pid, processStart });
  }

  #update(name: string, change: Partial<StackState['parts'][number]>): void {
    Object.assign(this.#state.parts.find(part => part.name === name)!, change);
    this.#write();
  }

  #write(): void {
    writeStackState(paths(this.#options).state, this.#state);
  }
}
