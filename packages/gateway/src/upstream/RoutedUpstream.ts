import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { AppNotRunningError } from '../errors';
import { ProxyUpstream } from './ProxyUpstream';
import type {
  FunctionCall,
  Upstream,
  UpstreamAnswer,
  CallMode,
} from './Upstream';

/** Options of {@link RoutedUpstream}. */
interface RoutedUpstreamOptions {
  own: Upstream;
  clusters: ClusterDirectory;
  /** Milliseconds until an answer begins. */
  timeout: number;
}

/** Source of environments on other clusters than the gateway's own. */
export interface ClusterDirectory {
  /** Name of the cluster of an environment; `undefined` when it is the gateway's own. */
  otherCluster(tenant: string, environment: string): string | undefined;
  /** A client of another cluster; `undefined` when there are no credentials for it. */
  clientOf(cluster: string): KubeClient | undefined;
}

/** The operator creates a Service with the name of each app and this port. */
const servicePort = { serviceAddress: () => ({ host: '', port: 80 }) };

/**
 * Calls apps of the gateway's own cluster in one way, and those of other clusters through the API server of
 * theirs: their addresses lead nowhere here.
 */
export class RoutedUpstream implements Upstream {
  readonly #options: RoutedUpstreamOptions;

  constructor(options: RoutedUpstreamOptions) {
    this.#options = options;
  }

  async ask(mode: CallMode, call: FunctionCall): Promise<UpstreamAnswer> {
    return this.#upstreamOf(call).ask(mode, call);
  }

  async close(): Promise<void> {
    await this.#options.own.close();
  }

  #upstreamOf({ app, environment, tenant }: FunctionCall): Upstream {
    const { clusters, own, timeout } = this.#options;
    const cluster = clusters.otherCluster(tenant, environment);
    if (cluster === undefined) return own;
    const client = clusters.clientOf(cluster);
    if (!client)
      throw new AppNotRunningError(
        `The gateway has no credentials for cluster ${cluster} of ${app}; contact the platform team`,
      );
    return new ProxyUpstream({ client, services: servicePort, timeout });
  }
}
