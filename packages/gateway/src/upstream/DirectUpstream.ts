import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common';
import { Agent, RetryAgent, request } from 'undici';
import { connectionFailure } from './connectionFailure';
import { findService, type ServiceDirectory } from './ServiceDirectory';
import type { FunctionCall, Upstream, UpstreamAnswer } from './Upstream';

/** Calls an app through the address of its service; the gateway must reach service addresses. */
export class DirectUpstream implements Upstream {
  readonly #services: ServiceDirectory;
  readonly #agent: RetryAgent;

  /** @param options - `timeout`: milliseconds until the answer begins, and between its parts */
  constructor(options: { services: ServiceDirectory; timeout: number }) {
    const { services, timeout } = options;
    this.#services = services;
    const agent = new Agent({
      connections: 64,
      connect: { timeout: 3_000 },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      // shorter than the runtime's, so that it is us who close an idle connection
      keepAliveTimeout: 4_000,
    });
    // while pods are replaced a connection may be refused; nothing was sent then
    this.#agent = new RetryAgent(agent, {
      methods: ['POST'],
      errorCodes: ['ECONNREFUSED'],
      statusCodes: [],
      maxRetries: 2,
      minTimeout: 150,
    });
  }

  async call(call: FunctionCall): Promise<UpstreamAnswer> {
    const { tenant, environment, app, fn, parameters, id, signal } = call;
    const namespace = environmentNamespace(tenant, environment);
    const { host, port } = findService(this.#services, app, namespace);
    try {
      const { statusCode, headers, body } = await request(
        `http://${host}:${port}/call/${encodeURIComponent(fn)}`,
        {
          dispatcher: this.#agent,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-request-id': id },
          body: JSON.stringify(parameters),
          signal,
        },
      );
      const retryAfter = Number(headers['retry-after']) || undefined;
      return { status: statusCode, retryAfter, body };
    } catch (error) {
      throw connectionFailure(app, error);
    }
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }
}
