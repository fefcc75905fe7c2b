import {
  KubeApiError,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  contractSchema,
  type Contract,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { consumerName, consumerPort } from '../desired';
import { askPod } from './askPod';
import { HealthCheckPoller } from './HealthCheckPoller';
import type { Problem } from './HealthReport';
import { ProbeBackoff } from './ProbeBackoff';
import { parseObject } from '../../../parseObject';

/** Response of a runtime's `/readyz`; the consumer returns a reason. */
interface Readiness {
  status?: string;
  reason?: string;
  problems?: { file: string; line: number; message: string }[];
}

/** Problem of a pod that is ready but not reachable from the API server. */
export const unreachable: Problem = {
  why: "The pod is ready, but the API server can't reach it over the network, so its contract can't be read.",
  next: 'Ask the platform team to allow traffic from the API server to pods on port 8080 (network plugin, firewall).',
};

/** Returns the problem of a contract that violates the schema. */
function invalidContract({
  message,
  path,
}: {
  message: string;
  path: PropertyKey[];
}): Problem {
  return {
    why: `The contract of the functions is invalid at ${path.join(
      '.',
    )}: ${message}.`,
    next: 'Correct the function and push.',
  };
}

/** Statuses of the API server's proxy for a pod that it cannot reach. */
const proxyFailures = [502, 503, 504];

/**
 * Sends requests to pods through the API server's proxy, which most networks exempt from policies.
 */
export class PodProber {
  readonly #client: KubeClient;
  /** Problems of pods whose code failed to load, which is final, by uid. */
  readonly #failed = new Map<string, Problem>();
  /** Pods that are not ready and do not report why. */
  readonly #unready = new ProbeBackoff();
  /** Pods that are ready and not reachable. */
  readonly #unreachable = new ProbeBackoff();

  /** Health checks that the app defines. */
  readonly healthChecks = new HealthCheckPoller((pod, signal) =>
    this.#get(pod, '/checks', signal),
  );

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /**
   * Returns why a pod is not ready according to itself; `undefined` while it loads or does not
   * respond.
   */
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

  /** Returns the milliseconds until an unresponsive pod is probed again. */
  waitFor({ metadata: { uid = '' } }: Pod): number {
    return Math.max(this.#unready.waitFor(uid), this.#unreachable.waitFor(uid));
  }

  /**
   * Returns the contract of a ready pod, or the problem when it is invalid or the pod is
   * unreachable; neither when the request fails otherwise.
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

  /** Forgets a deleted pod. */
  forget(pod: Pod): void {
    const { uid = '' } = pod.metadata;
    this.healthChecks.forget(pod);
    this.#failed.delete(uid);
    this.#unready.reset(uid);
    this.#unreachable.reset(uid);
  }

  /** Returns why the consumer is not ready; `undefined` when the pod has none. */
  async #consumerProblem(
    pod: Pod,
    signal: AbortSignal,
  ): Promise<Problem | undefined> {
    if (!pod.spec?.containers.some(({ name }) => name === consumerName))
      return undefined;
    const { reason } = await this.#readiness(pod, signal, consumerPort);
    return reason
      ? {
          why: `The consumer receives no messages: ${reason.replace(
            /\.$/,
            '',
          )}.`,
          next: 'Check the log of the consumer, and ask the platform team to check the connection.',
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
      // The runtime responds with 503 and the reasons.
      return error instanceof KubeApiError ? parseObject(error.body) : {};
    }
  }

  #get(
    pod: Pod,
    path: string,
    signal: AbortSignal,
    port?: number,
  ): Promise<unknown> {
    return askPod(this.#client, pod, path, { port, signal, timeout: 5000 });
  }
}

/** Whether a request timed out, or the API server's proxy could not reach the pod. */
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
    return { why: "The code can't be loaded.", next: 'Check the log.' };
  const place = first.line > 0 ? `${first.file}:${first.line}` : first.file;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return {
    why: `The code can't be loaded: ${place}: ${first.message}${more}`,
    next: `Correct ${place} and push.`,
  };
}
