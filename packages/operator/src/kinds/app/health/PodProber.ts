import {
  KubeApiError,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  contractSchema,
  type Contract,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { consumerName, consumerPort, runtimePort } from '../desired';
import { HealthCheckPoller } from './HealthCheckPoller';
import type { Problem } from './HealthReport';
import { ProbeBackoff } from './ProbeBackoff';

/** Bytes that a pod may answer. */
const maxBytes = 1024 * 1024;

/** Answer of a runtime's `/readyz`; a container that takes messages gives a reason. */
interface Readiness {
  status?: string;
  reason?: string;
  problems?: { file: string; line: number; message: string }[];
}

/** What is said of a pod that the API server cannot reach although its node can. */
export const unreachable: Problem = {
  why: 'The pod answers its node, but the API server cannot reach it over the network, so nobody can read what its functions take and give.',
  next: 'Ask the platform team to let the API server reach pods on port 8080 (network plugin, firewall).',
};

/** What is said of a contract that cannot be kept. */
function invalidContract({
  message,
  path,
}: {
  message: string;
  path: PropertyKey[];
}): Problem {
  return {
    why: `What the functions take and give cannot be kept, at ${path.join(
      '.',
    )}: ${message}.`,
    next: 'Write less there, and push.',
  };
}

/** Statuses of the API server's proxy for a pod that it cannot reach. */
const proxyFailures = [502, 503, 504];

/** Asks pods through the API server's proxy; most networks let it through every policy. */
export class PodProber {
  readonly #client: KubeClient;
  /** Pods whose code cannot be loaded; that does not change while they live. */
  readonly #failed = new Map<string, Problem>();
  /** Pods that are not ready and do not say why. */
  readonly #unready = new ProbeBackoff();
  /** Pods that are ready and out of reach. */
  readonly #unreachable = new ProbeBackoff();

  /** What pods say of themselves. */
  readonly healthChecks = new HealthCheckPoller((pod, signal) =>
    this.#get(pod, '/checks', signal),
  );

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** Why a pod is not ready in its own words; `undefined` while it loads or does not answer. */
  async whyUnready(
    pod: Pod,
    signal: AbortSignal,
  ): Promise<Problem | undefined> {
    const uid = pod.metadata.uid ?? '';
    const known = this.#failed.get(uid);
    if (known) return known;
    if (this.#unready.waitFor(uid) > 0) return undefined;
    const answer = await this.#readiness(pod, signal);
    if (answer.status === undefined) this.#unready.failed(uid);
    else this.#unready.reset(uid);
    const problem = loadProblem(answer);
    if (problem) this.#failed.set(uid, problem);
    const isServing = answer.status === 'ready';
    return (
      problem ?? (isServing ? this.#consumerProblem(pod, signal) : undefined)
    );
  }

  /** Milliseconds until a pod that did not answer is asked again. */
  waitFor({ metadata: { uid = '' } }: Pod): number {
    return Math.max(this.#unready.waitFor(uid), this.#unreachable.waitFor(uid));
  }

  /**
   * What the functions of a ready pod take and give; nothing when it gives no valid answer, with the
   * problem when that is because it cannot be reached.
   */
  async contract(
    pod: Pod,
    signal: AbortSignal,
  ): Promise<{ contract?: Contract; problem?: Problem }> {
    const { uid = '' } = pod.metadata;
    if (this.#unreachable.waitFor(uid) > 0) return { problem: unreachable };
    try {
      const answer = await this.#get(pod, '/contract', signal);
      this.#unreachable.reset(uid);
      const { data, error } = contractSchema.safeParse(answer);
      return error
        ? { problem: invalidContract(error.issues[0]) }
        : { contract: data };
    } catch (error) {
      if (!isUnreachable(error)) return {};
      this.#unreachable.failed(uid);
      return { problem: unreachable };
    }
  }

  /** Forgets a pod that is gone. */
  forget(pod: Pod): void {
    const { uid = '' } = pod.metadata;
    this.healthChecks.forget(pod);
    this.#failed.delete(uid);
    this.#unready.reset(uid);
    this.#unreachable.reset(uid);
  }

  /** Why the container that takes messages is not ready; nothing when the pod has none. */
  async #consumerProblem(
    pod: Pod,
    signal: AbortSignal,
  ): Promise<Problem | undefined> {
    if (!pod.spec?.containers.some(({ name }) => name === consumerName))
      return undefined;
    const { reason } = await this.#readiness(pod, signal, consumerPort);
    return reason
      ? {
          why: `No messages come: ${reason.replace(/\.$/, '')}.`,
          next: 'Look at the log of the consumer, and ask the platform team about the connection.',
        }
      : undefined;
  }

  async #readiness(
    pod: Pod,
    signal: AbortSignal,
    port?: number,
  ): Promise<Readiness> {
    try {
      return (await this.#get(pod, '/readyz', signal, port)) as Readiness;
    } catch (error) {
      // The runtime answers 503 with a document that says why.
      return error instanceof KubeApiError ? parse(error.body) : {};
    }
  }

  #get(
    { metadata }: Pod,
    path: string,
    signal: AbortSignal,
    port = runtimePort,
  ): Promise<unknown> {
    const { name, namespace } = metadata;
    return this.#client.request({
      path: `/api/v1/namespaces/${namespace}/pods/${name}:${port}/proxy${path}`,
      signal,
      timeout: 5000,
      maxBytes,
    });
  }
}

/** Whether nothing came back: the time was up, or the API server's proxy says so. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof KubeApiError) {
    return proxyFailures.includes(error.status);
  }
  const { cause, name } = error as Error;
  const { code } = (cause ?? {}) as { code?: string };
  return name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT';
}

function loadProblem({
  status,
  problems = [],
}: Readiness): Problem | undefined {
  if (status !== 'failed') return undefined;
  const [first] = problems;
  if (!first)
    return { why: 'The code could not be loaded.', next: 'Look at the log.' };
  const place = first.line > 0 ? `${first.file}:${first.line}` : first.file;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return {
    why: `The code could not be loaded: ${place}: ${first.message}${more}`,
    next: `Correct ${place} and push.`,
  };
}

function parse(text: string): Readiness {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
