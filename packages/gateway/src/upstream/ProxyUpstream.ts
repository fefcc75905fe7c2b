import {
  KubeApiError,
  KubeConnectionError,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  AppNotRunningError,
  AppTooSlowError,
  AppUnreachableError,
  NoPodError,
} from '../errors';
import { readRefusal } from './readRefusal';
import { headersOf, readHeaders } from './headersOf';
import { findService, type ServiceDirectory } from './ServiceDirectory';
import { stringifyExact } from '../json';
import type {
  FunctionCall,
  Upstream,
  UpstreamAnswer,
  CallMode,
} from './Upstream';

/** Options of {@link ProxyUpstream}. */
interface ProxyUpstreamOptions {
  client: KubeClient;
  services: ServiceDirectory;
  /** Milliseconds until the answer begins. */
  timeout: number;
}

/**
 * Calls an app through the API server's service proxy: for a gateway that does not reach service
 * addresses. Every byte passes the API server, so this is for trying out, not for load.
 */
export class ProxyUpstream implements Upstream {
  readonly #options: ProxyUpstreamOptions;

  constructor(options: ProxyUpstreamOptions) {
    this.#options = options;
  }

  async ask(mode: CallMode, call: FunctionCall): Promise<UpstreamAnswer> {
    const { tenant, environment, app, fn, parameters, signal } = call;
    const { service = app } = call;
    const namespace = environmentNamespace(tenant, environment);
    const { client, services, timeout } = this.#options;
    const { port } = findService(services, service, namespace);
    const base = `/api/v1/namespaces/${namespace}/services/${service}:${port}`;
    try {
      const { body, headers, status } = await client.stream({
        method: 'POST',
        path: `${base}/proxy/${mode}/${encodeURIComponent(fn)}`,
        headers: headersOf(call),
        body: stringifyExact(parameters),
        timeout,
        signal,
      });
      return { status, ...readHeaders(headers), body };
    } catch (error) {
      throw explain(app, error);
    }
  }

  async close(): Promise<void> {
    // the caller owns the client
  }
}

/** Words with which the API server reports that a Service has no ready pod; nothing was sent then. */
const noEndpoints = 'no endpoints available';

function explain(app: string, error: unknown): unknown {
  if (error instanceof KubeConnectionError) {
    return new AppUnreachableError(
      'The API server, which proxies calls to apps, is unreachable; retry in a moment',
      { retryAfter: 5, cause: error },
    );
  }
  if (!(error instanceof KubeApiError)) return error;
  const { status, body, retryAfter } = error;
  // the API server's own refusals are Status objects with a reason; an app's are not
  if (!error.reason) return readRefusal(app, status, body, retryAfter);
  if (status === 504) {
    return new AppTooSlowError(`${app} timed out; request less data per call`, {
      cause: error,
    });
  }
  // A canary may just have been deleted.
  const hasNoPod =
    error.reason === 'NotFound' ||
    (status === 503 && error.message.includes(noEndpoints));
  const Kind = hasNoPod ? NoPodError : AppNotRunningError;
  return new Kind(`No pod of ${app} is ready`, { retryAfter: 5, cause: error });
}
