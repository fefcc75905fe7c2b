import {
  keyOf,
  KubeClient,
  type Controller,
  type Priority,
} from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  type Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { once } from 'node:events';
import { systemNamespace } from '../names';
import type { Placement } from './Placement';
import type { AppReport, TenantReport } from './reports';
import { ReportStore } from './ReportStore';
import { Target } from './Target';
import { TargetError } from './TargetError';

/** Enqueues a key for a controller of the hub. */
export type Enqueue = (
  kind: 'app' | 'cluster' | 'tenant',
  key: string,
  priority?: Priority,
) => void;

/** Options of {@link Targets.run}. */
export interface TargetsOptions {
  /** Placement of the hub. */
  hub: Placement;
  /** Creates the controllers that work on a target. */
  createControllers: (placement: Placement) => Controller[];
  enqueue: Enqueue;
  /** Opens a connection from the content of a kubeconfig. @throws KubeconfigError */
  connect?: (kubeconfig: string) => KubeClient;
}

interface Entry {
  target: Target;
  /** Name and content of the Secret with which the target was connected. */
  credentials: string;
  stop: () => Promise<void>;
}

/**
 * All clusters other than the hub, connected and disconnected as their Cluster and Secret change.
 */
export class Targets {
  readonly #entries = new Map<string, Entry>();
  /** Reports by cluster; they are kept when a target is reconnected. */
  readonly #reports = new Map<string, Pick<Target, 'apps' | 'tenants'>>();

  /** Returns a target; `undefined` when no Cluster of that name has credentials. */
  get(name: string): Target | undefined {
    return this.#entries.get(name)?.target;
  }

  /** Returns all targets. */
  list(): Target[] {
    return [...this.#entries.values()].map(({ target }) => target);
  }

  /** Runs all targets until the signal aborts and all their controllers have stopped. */
  async run(options: TargetsOptions, signal: AbortSignal): Promise<void> {
    const { clusters, kubeconfigs } = options.hub.caches;
    const changed = new Set<string>();
    const bell = new EventTarget();
    const note = (...names: string[]) => {
      names.forEach(name => changed.add(name));
      bell.dispatchEvent(new Event('ring'));
    };
    const leave = [
      clusters.onChange(({ object }) => note(object.metadata.name)),
      kubeconfigs.onChange(({ object }) =>
        note(
          ...clusters
            .list()
            .filter(
              ({ spec }) => spec.credentials?.secret === object.metadata.name,
            )
            .map(({ metadata }) => metadata.name),
        ),
      ),
    ];
    const synced = Promise.all([clusters.synced, kubeconfigs.synced]);
    if (!signal.aborted) await Promise.race([synced, once(signal, 'abort')]);
    note(...clusters.list().map(({ metadata }) => metadata.name));
    while (!signal.aborted) {
      const names = [...changed];
      changed.clear();
      // Not in the change listeners, which run within a reconciliation.
      for (const name of names) await this.#refresh(options, name);
      if (changed.size === 0)
        await once(bell, 'ring', { signal }).catch(() => {});
    }
    leave.forEach(end => end());
    await Promise.all([...this.#entries.values()].map(({ stop }) => stop()));
    this.#entries.clear();
  }

  async #refresh(options: TargetsOptions, name: string): Promise<void> {
    const { hub, enqueue } = options;
    const cluster = hub.caches.clusters.get(name);
    const before = this.#entries.get(name);
    const secret = cluster?.spec.credentials?.secret;
    if (!cluster || !secret) {
      if (!before) return;
      this.#entries.delete(name);
      this.#reports.delete(name);
      await before.stop();
      enqueueAllOn(hub, name, enqueue);
      return;
    }
    const text = kubeconfigIn(hub, secret);
    const credentials = JSON.stringify([secret, text]);
    if (before?.credentials === credentials) return;
    await before?.stop();
    this.#entries.set(name, {
      credentials,
      ...this.#start(options, cluster, () => open(options, secret, text)),
    });
    enqueue('cluster', name);
  }

  #start(
    { createControllers, hub, enqueue }: TargetsOptions,
    { metadata: { name }, status }: Cluster,
    connect: () => KubeClient,
  ): Pick<Entry, 'stop' | 'target'> {
    const reports = this.#reports.get(name) ?? {
      apps: new ReportStore<AppReport>(key => enqueue('app', key)),
      tenants: new ReportStore<TenantReport>(key => enqueue('tenant', key)),
    };
    this.#reports.set(name, reports);
    const target = new Target({
      ...reports,
      name,
      hub,
      createControllers,
      connect,
      lastHeard: status?.heartbeat,
      onChange: what => {
        enqueue('cluster', name);
        if (what === 'presence') enqueueAllOn(hub, name, enqueue);
      },
    });
    const stopping = new AbortController();
    const ended = target.run(stopping.signal);
    return {
      target,
      stop: async () => {
        stopping.abort();
        await ended;
      },
    };
  }
}

/** Returns the content of a kubeconfig; `undefined` when the Secret does not exist. */
function kubeconfigIn(
  { caches }: Placement,
  secret: string,
): string | undefined {
  const { data } = caches.kubeconfigs.get(secret, systemNamespace) ?? {};
  return data?.kubeconfig === undefined
    ? undefined
    : Buffer.from(data.kubeconfig, 'base64').toString('utf8');
}

function open(
  { connect = connectTo, hub }: TargetsOptions,
  secret: string,
  text: string | undefined,
): KubeClient {
  if (text === undefined)
    throw new TargetError(
      'SecretNotFound',
      `Secret ${systemNamespace}/${secret} with label bailiwick.dev/kubeconfig=true and key kubeconfig was not found`,
    );
  const client = connect(text);
  const { mayWrite } = hub;
  return mayWrite ? client.fencedBy(mayWrite) : client;
}

function connectTo(text: string): KubeClient {
  return KubeClient.fromKubeconfigText({
    text,
    userAgent: 'bailiwick-operator',
  });
}

/** Enqueues all tenants and apps on a cluster. */
function enqueueAllOn(
  { caches }: Placement,
  cluster: string,
  onNews: Enqueue,
): void {
  for (const { metadata } of caches.tenants.index('cluster', cluster)) {
    onNews('tenant', metadata.name, 'resync');
    const home = homeNamespace(metadata.name);
    for (const app of caches.apps.index('home', home))
      onNews('app', keyOf(app), 'resync');
  }
}
