import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Agent, RetryAgent, request } from 'undici';
import { AppNotRunningError } from '../errors';
import { stringifyExact } from '../json';
import { connectionFailure } from './connectionFailure';
import { connectSoon } from './connectSoon';
import { headersOf, readHeaders } from './headersOf';
import { PodChanges } from './PodChanges';
import { findService, type ServiceDirectory } from './ServiceDirectory';
import type {
  FunctionCall,
  Upstream,
  UpstreamAnswer,
  CallMode,
} from './Upstream';

/** Calls an app through the address of its service; the gateway must reach service addresses. */
export class DirectUpstream implements Upstream {
  readonly #services: ServiceDirectory;
  readonly #agents: Record<CallMode, Connections>;
  readonly #changes = new PodChanges();

  /** @param options - `timeout`: milliseconds until the answer begins, and between its parts */
  constructor(options: { services: ServiceDirectory; timeout: number }) {
    const { services, timeout } = options;
    this.#services = services;
    const common = {
      connect: { timeout: 3_000 },
      headersTimeout: timeout,
      // shorter than the runtime's, so that it is us who close an idle connection
      keepAliveTimeout: 4_000,
    };
    this.#agents = {
      call: connections({ ...common, connections: 64, bodyTimeout: timeout }),
      // each stream holds a connection of its own, so that no call waits for one; its silence is
      // watched by who reads it
      stream: connections({ ...common, bodyTimeout: 0 }),
    };
  }

  async close(): Promise<void> {
    for (const { held, retrying } of Object.values(this.#agents))
      await Promise.all([held.close(), retrying.close()]);
  }

  async ask(mode: CallMode, call: FunctionCall): Promise<UpstreamAnswer> {
    const { tenant, environment, app, fn, parameters, signal } = call;
    const { service = app } = call;
    const namespace = environmentNamespace(tenant, environment);
    const { host, port } = findService(this.#services, service, namespace);
    const { statusCode, headers, body } = await request(
      `http://${host}:${port}/${mode}/${encodeURIComponent(fn)}`,
      {
        dispatcher: this.#agents[mode][call.isHeld ? 'held' : 'retrying'],
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headersOf(call) },
        body: stringifyExact(parameters),
        signal,
        // A connection that is kept leads to the same pod for as long as it lives: to former code, and past new pods.
        reset: this.#changes.isRecent(`${namespace}/${service}`, call.pods),
      },
    ).catch(error => {
      throw connectionFailure(app, error);
    });
    if (!isAnswerTo(call, headers)) {
      // Destroying a body that was not read to its end is reported as an error of the stream.
      body.on('error', () => {}).destroy();
      throw foreignAnswer(app);
    }
    return { status: statusCode, ...readHeaders(headers), body };
  }
}

/**
 * Whether the runtime of an app answered: it repeats the identifier of the call, which others cannot guess. Older versions
 * leave it out of an internal error (500), which is then discarded, too.
 */
function isAnswerTo(
  { id }: FunctionCall,
  headers: Record<string, unknown>,
): boolean {
  return headers['x-request-id'] === id;
}

function foreignAnswer(app: string): AppNotRunningError {
  return new AppNotRunningError(
    `A different server than ${app} responded at its address; the response was discarded`,
    { retryAfter: 5 },
  );
}

/** Connections of one mode. */
interface Connections {
  /** Gives up soon, for callers that try again. */
  held: Agent;
  /** Tries again while pods are replaced: nothing was sent then. */
  retrying: RetryAgent;
}

function connections(options: Agent.Options): Connections {
  const held = new Agent({ ...options, connect: connectSoon });
  const retrying = new RetryAgent(new Agent(options), {
    methods: ['POST'],
    errorCodes: ['ECONNREFUSED'],
    statusCodes: [],
    maxRetries: 2,
    minTimeout: 150,
  });
  return { held, retrying };
}
