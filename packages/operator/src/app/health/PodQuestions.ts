import type { KubeClient, Pod } from '@bailiwick/backstage-kube-controller';
import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import {
  contractSchema,
  type Contract,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { runtimePort } from '../desired';
import type { Problem } from './HealthReport';

/** Bytes that a pod may answer. */
const maxBytes = 1024 * 1024;

/** Answer of a runtime's `/readyz`. */
interface Readiness {
  status?: string;
  problems?: { file: string; line: number; message: string }[];
}

/** Asks pods through the API server's proxy, which reaches them under every network policy. */
export class PodQuestions {
  readonly #client: KubeClient;
  /** Pods whose code cannot be loaded; that does not change while they live. */
  readonly #failed = new Map<string, Problem>();

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
    const problem = describe(await this.#readiness(pod, signal));
    if (problem) this.#failed.set(uid, problem);
    return problem;
  }

  /** What the functions of a ready pod take and give; `undefined` when it gives no valid answer. */
  async contract(pod: Pod, signal: AbortSignal): Promise<Contract | undefined> {
    const answer = await this.#ask(pod, '/contract', signal).catch(
      () => undefined,
    );
    return contractSchema.safeParse(answer).data;
  }

  /** Forgets a pod that is gone. */
  forget({ metadata }: Pod): void {
    this.#failed.delete(metadata.uid ?? '');
  }

  async #readiness(pod: Pod, signal: AbortSignal): Promise<Readiness> {
    try {
      return (await this.#ask(pod, '/readyz', signal)) as Readiness;
    } catch (error) {
      // The runtime answers 503 with a document that says why.
      return error instanceof KubeApiError ? parse(error.body) : {};
    }
  }

  #ask({ metadata }: Pod, path: string, signal: AbortSignal): Promise<unknown> {
    const { name, namespace } = metadata;
    return this.#client.request({
      path: `/api/v1/namespaces/${namespace}/pods/${name}:${runtimePort}/proxy${path}`,
      signal,
      timeout: 5000,
      maxBytes,
    });
  }
}

function describe({ status, problems = [] }: Readiness): Problem | undefined {
  if (status !== 'failed') return undefined;
  const [first] = problems;
  if (!first)
    return { why: 'The code could not be loaded.', next: 'Look at the log.' };
  const place = first.line > 0 ? `${first.file}:${first.line}` : first.file;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return {
    why: `The code could not be loaded: ${place}: ${first.message}${more}`,
    next: `Correct ${place} and save.`,
  };
}

function parse(text: string): Readiness {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
