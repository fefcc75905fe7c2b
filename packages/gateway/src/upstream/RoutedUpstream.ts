import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { AppNotRunningError } from '../errors';
import { ProxyUpstream } from './ProxyUpstream';
import type { FunctionCall, Upstream, UpstreamAnswer } from './Upstream';

/** Where environments are that are not on the gateway's own cluster. */
export interface ClusterDirectory {
  /** Name of the cluster of an environment; `undefined` when it is the gateway's own. */
  otherCluster(tenant: string, environment: string): string | undefined;
  /** A client of another cluster; `undefined` when there are no credentials for it. */
  clientOf(cluster: string): KubeClient | undefined;
}

/** The operator gives each app a service of its name with this port. */
const servicePort = { serviceAddress: () => ({ host: '', port: 80 }) };

/**
 * Calls apps of the gateway's own cluster in one way, and those of other clusters through the API server of
 * theirs: their addresses lead nowhere here.
 */
export class RoutedUpstream implements Upstream {
  readonly #own: Upstream;
  readonly #clusters: ClusterDirectory;
  readonly #timeout: number;

  /** @param options - `timeout`: milliseconds until an answer begins */
  constructor(options: {
    own: Upstream;
    clusters: ClusterDirectory;
    timeout: number;
  }) {
    this.#own = options.own;
    this.#clusters = options.clusters;
    this.#timeout = options.timeout;
  }

  async call(call: FunctionCall): Promise<UpstreamAnswer> {
    return this.#wayTo(call).call(call);
  }

  async stream(call: FunctionCall): Promise<UpstreamAnswer> {
    return this.#wayTo(call).stream(call);
  }

  async close(): Promise<void> {
    await this.#own.close();
  }

  #wayTo({ app, environment, tenant }: FunctionCall): Upstream {
    const cluster = this.#clusters.otherCluster(tenant, environment);
    if (cluster === undefined) return this.#own;
    const client = this.#clusters.clientOf(cluster);
    if (!client)
      throw new AppNotRunningError(
        `${app} is on the cluster ${cluster}, to which this gateway has no credentials`,
      );
    return new ProxyUpstream({
      client,
      services: servicePort,
      timeout: this.#timeout,
    });
  }
}
