import { ConflictError } from '@backstage/errors';
import {
  contractSchema,
  environmentNamespace,
  runtimePort,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  NewTry,
  TryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Pod } from '@bailiwick/backstage-kube-controller';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { z } from 'zod';
import type { RepositoryService } from '../git/RepositoryService';
import { ConcurrencyLimiter } from '../http';
import { failureOfPod } from '../operations/actionAttempt';
import { podsOf } from '../pods';
import { viewResult } from '../preview/viewResult';

/** Milliseconds until a try is given up, after the runtime's own limit. */
const timeout = 150_000;
/** Bytes of a response at most. */
const maxBytes = 16 * 1024 ** 2;
/** Rows for the chart, and rows of the table. */
const [rowsRead, rowsShown] = [5_000, 100];
/** Characters of a text of the code. */
const longestText = 64 * 1024;

const limits = {
  perKey: 4,
  total: 16,
  perKeyMessage: (tenant: string) =>
    `4 tries of ${tenant} are running, the maximum; try again in a moment`,
  totalMessage: '16 tries are running, the maximum; try again in a moment',
};

/** Container that serves functions. */
const serving = 'app';

const text = z.string().transform(one => one.slice(0, longestText));

/** Response of the runtime, which the code of an app can forge. */
const response = z.object({
  contract: contractSchema.optional(),
  problems: z
    .array(z.object({ file: text, line: z.int(), message: text }))
    .max(100)
    .optional(),
  answer: z.unknown().optional(),
  error: z
    .object({
      message: text,
      file: text.optional(),
      line: z.int().optional(),
      traceback: text.optional(),
    })
    .optional(),
  log: text.default(''),
  seconds: z.object({ call: z.number().optional() }).default({}),
});

/** Tries code that is not committed, in a pod of the app that runs a draft. */
export class TryService {
  readonly #kubernetes: KubernetesService;
  readonly #limiter = new ConcurrencyLimiter(limits);
  readonly #repositories: RepositoryService;

  constructor(options: {
    kubernetes: KubernetesService;
    repositories: RepositoryService;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#repositories = options.repositories;
  }

  /**
   * Loads the changed files of a commit in a confined process of a pod, and calls a function.
   *
   * @throws NotFoundError when there is no such commit
   * @throws ConflictError when no environment runs a draft, or its pod cannot try code
   */
  async attempt(
    person: Person,
    tenant: string,
    app: App,
    { base, files, function: name, parameters }: NewTry,
  ): Promise<TryView> {
    const { environment, pod } = this.#pod(tenant, app);
    const place = { tenant, name: app.metadata.name };
    const release = this.#limiter.acquire(tenant);
    try {
      const archive = await this.#repositories.bundle(person, place, base);
      const answer = await this.#kubernetes
        .callPod<unknown>(
          {
            namespace: environmentNamespace(tenant, environment),
            name: pod.metadata.name,
            port: runtimePort,
          },
          '/try',
          {
            body: {
              archive: archive.toString('base64'),
              changes: Object.fromEntries(
                files.map(({ content, path }) => [path, content]),
              ),
              ...(name !== undefined && { function: name, parameters }),
              rows: rowsRead,
            },
            maxBytes,
            timeout,
          },
        )
        .catch(error => {
          throw refusalOf(error, app, environment);
        });
      return viewTry(environment, name, answer);
    } finally {
      release();
    }
  }

  /**
   * Returns a pod that runs a draft, ready or not: code that does not load keeps it from being ready. An environment that
   * became protected may still run a draft, but accepts no other code.
   */
  #pod(tenant: string, app: App): { environment: string; pod: Pod } {
    const protectedOnes = new Set(
      this.#kubernetes.lists.tenants
        .get(tenant)
        ?.spec.environments.filter(one => one.protected)
        .map(({ name }) => name),
    );
    const drafts = app.spec.environments.filter(
      ({ name, revision }) => revision && !protectedOnes.has(name),
    );
    if (drafts.length === 0)
      throw new ConflictError(
        'No environment runs the newest commit. On the Deploy tab, deploy it to an environment that is not protected',
      );
    for (const { name: environment } of drafts) {
      const place = { tenant, environment, app: app.metadata.name };
      const pod = podsOf(this.#kubernetes.lists, place).find(isServing);
      if (pod) return { environment, pod };
    }
    const { name, suspended } = drafts[0];
    throw new ConflictError(
      suspended
        ? `The app is paused in ${name}; resume it on the Deploy tab`
        : `No pod of the app is running in ${name}; check the health of the app on the Deploy tab`,
    );
  }
}

/** Explains why a pod tried no code. */
function refusalOf(error: Error, app: App, environment: string): Error {
  const { refusal, status } = failureOfPod(error);
  if (status !== 404) return new ConflictError(refusal);
  const state = app.status?.environments?.find(
    ({ name }) => name === environment,
  );
  return new ConflictError(
    state?.revision === app.spec.source.revision
      ? 'The runtime of the app is too old to try code; ask the platform team for a newer version of the pack'
      : `The newest commit is still being deployed to ${environment}; try again in a few seconds`,
  );
}

/** Whether the container of a pod that serves functions is running. */
function isServing({ metadata, status }: Pod): boolean {
  return (
    !metadata.deletionTimestamp &&
    (status?.containerStatuses ?? []).some(
      ({ name, state }) => name === serving && state?.running,
    )
  );
}

/** @throws ConflictError when the answer is not one of the runtime */
function viewTry(
  environment: string,
  name: string | undefined,
  answer: unknown,
): TryView {
  const { data, error: invalid } = response.safeParse(answer);
  if (invalid)
    throw new ConflictError(
      `The result cannot be read: ${z.prettifyError(invalid)}`,
    );
  const { contract, error, log, problems, seconds } = data;
  const fn = contract?.functions.find(one => one.name === name);
  return {
    environment,
    log,
    ...(contract && { contract }),
    ...(problems && { problems }),
    ...(error && { error }),
    ...(seconds.call !== undefined && { seconds: seconds.call }),
    ...(fn &&
      !error && { result: viewResult(fn, data.answer, new Date(), rowsShown) }),
  };
}
