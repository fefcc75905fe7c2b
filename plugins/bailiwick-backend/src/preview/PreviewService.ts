import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { canI } from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  grantKind,
  group,
  homeNamespace,
  type ContractFunction,
  runtimePort,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  requiredParameters,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  EnvironmentPlace,
  PreviewView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { AppReader } from '../authorization';
import { requireFunction } from '../apps/requireFunction';
import { ConcurrencyLimiter } from '../http';
import { readyPods } from '../pods';
import { failureOfPod, invalidParameter } from '../operations/actionAttempt';
import { rowsShown, viewResult } from './viewResult';

/** Milliseconds until a preview is given up. */
const timeout = 10_000;
/** Milliseconds for which a preview is kept for all who look. */
const keptMs = 60_000;

const limits = {
  perKey: 4,
  total: 16,
  perKeyMessage: (tenant: string) =>
    `4 previews of ${tenant} are being loaded, the maximum; try again in a moment`,
  totalMessage:
    '16 previews are being loaded, the maximum; try again in a moment',
};

interface Kept {
  until: number;
  preview: Promise<PreviewView>;
}

/** Calls functions for the first rows of their results. */
export class PreviewService {
  readonly #apps: AppReader;
  readonly #kubernetes: KubernetesService;
  readonly #limiter = new ConcurrencyLimiter(limits);
  readonly #kept = new Map<string, Kept>();

  constructor(options: { apps: AppReader; kubernetes: KubernetesService }) {
    this.#apps = options.apps;
    this.#kubernetes = options.kubernetes;
  }

  /**
   * Returns the first rows of a function, or its value. The portal calls a pod under its own identity, so it first asks
   * the API server whether the person can create a token for the app, because such a token reads all rows.
   *
   * @throws NotFoundError when the person sees no such app, or it has no such function there
   * @throws NotAllowedError when the person cannot create tokens
   * @param parameters - values as JSON; the others have their defaults
   * @throws InputError when a required parameter is missing
   * @throws ConflictError when no pod is ready, or the function fails
   */
  async preview(
    person: Person,
    place: EnvironmentPlace,
    name: string,
    parameters: Record<string, unknown> = {},
  ): Promise<PreviewView> {
    const { environment, tenant } = place;
    const app = this.#apps.getReadable(person, tenant, { ...place, fn: name });
    const isAllowed = await canI(this.#kubernetes.as(person), {
      verb: 'create',
      group,
      resource: grantKind.plural,
      namespace: homeNamespace(tenant),
    });
    if (!isAllowed)
      throw new NotAllowedError(
        `Only people who can create tokens in ${tenant} can see sample rows; ask an owner to add you`,
      );
    const state = app.status?.environments?.find(
      one => one.name === environment,
    );
    const fn = requireFunction(app, environment, name);
    const missing = requiredParameters(fn).filter(
      one => !Object.hasOwn(parameters, one),
    );
    if (missing.length > 0)
      throw new InputError(
        `Function "${name}" requires parameters: ${missing.join(', ')}`,
      );
    // New code has other rows.
    const code = state?.release ?? state?.revision;
    const key = [
      ...[tenant, environment, place.app, name, code],
      JSON.stringify(Object.entries(parameters).sort()),
    ].join('/');
    return this.#keep(key, () => this.#call(place, fn, parameters));
  }

  /** Returns the value of a key, or loads it once for all concurrent callers. */
  #keep(key: string, load: () => Promise<PreviewView>): Promise<PreviewView> {
    const now = Date.now();
    for (const [one, { until }] of this.#kept)
      if (until <= now) this.#kept.delete(one);
    const kept = this.#kept.get(key);
    if (kept) return kept.preview;
    const preview = load();
    this.#kept.set(key, { until: now + keptMs, preview });
    // A failure may pass at once.
    preview.catch(() => {
      if (this.#kept.get(key)?.preview === preview) this.#kept.delete(key);
    });
    return preview;
  }

  async #call(
    { app, environment, tenant }: EnvironmentPlace,
    fn: ContractFunction,
    parameters: Record<string, unknown>,
  ): Promise<PreviewView> {
    const namespace = environmentNamespace(tenant, environment);
    const [pod] = readyPods(this.#kubernetes.lists.pods.list(), namespace, app);
    if (!pod)
      throw new ConflictError(
        `No pod of "${app}" is ready in ${environment}; check the health of the app`,
      );
    const release = this.#limiter.acquire(tenant);
    const answer = await this.#kubernetes
      .callPod<unknown>(
        { namespace, name: pod.metadata.name, port: runtimePort },
        `/call/${encodeURIComponent(fn.name)}${
          fn.result.kind === 'stream' ? `?limit=${rowsShown}` : ''
        }`,
        { body: parameters, exactIntegers: true, timeout },
      )
      .catch(error => {
        const { refusal, status } = failureOfPod(error);
        if (status === invalidParameter) throw new InputError(refusal);
        throw new ConflictError(`Function "${fn.name}" failed: ${refusal}`);
      })
      .finally(release);
    return viewResult(fn, answer, new Date());
  }
}
