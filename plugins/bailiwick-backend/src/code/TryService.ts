import { ConflictError } from '@backstage/errors';
import {
  contractSchema,
  testReportSchema,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  LibraryTypes,
  NewTry,
  TryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  KubernetesService,
  PodCallOptions,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { z } from 'zod';
import type { RepositoryService } from '../git/RepositoryService';
import { ConcurrencyLimiter } from '../http';
import { failureOfPod } from '../operations/actionAttempt';
import { viewResult } from '../preview/viewResult';
import { columnPin } from './columnPin';
import { draftPod } from './draftPod';
import { wakeDraft } from './wakeDraft';

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

const typesLimits = {
  perKey: 4,
  total: 8,
  perKeyMessage: (tenant: string) =>
    `4 editors of ${tenant} are loading types, the maximum; try again in a moment`,
  totalMessage:
    '8 editors are loading types, the maximum; try again in a moment',
};

const text = z.string().transform(one => one.slice(0, longestText));

/** Response of the runtime, which the code of an app can forge. */
const response = z.object({
  contract: contractSchema.optional(),
  problems: z
    .array(z.object({ file: text, line: z.int(), message: text }))
    .max(100)
    .optional(),
  tests: testReportSchema.optional(),
  pin: columnPin.optional(),
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

/** Limit of the files with types, whose number and paths the code of an app can forge, too. */
const mostTypeFiles = 20_000;

/** Tries code that is not committed, in a pod of the app that runs a draft. */
export class TryService {
  readonly #kubernetes: KubernetesService;
  readonly #limiter = new ConcurrencyLimiter(limits);
  readonly #typesLimiter = new ConcurrencyLimiter(typesLimits);
  readonly #repositories: RepositoryService;

  constructor(options: {
    kubernetes: KubernetesService;
    repositories: RepositoryService;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#repositories = options.repositories;
  }

  /**
   * Loads the changed files of a commit in a confined process of a pod, and calls a function or runs the tests.
   *
   * @param left - ends the code when it aborts
   * @throws NotFoundError when there is no such commit
   * @throws ConflictError when no environment runs a draft, or its pod cannot try code
   */
  async attempt(
    person: Person,
    tenant: string,
    app: App,
    { base, files, function: name, parameters, tests }: NewTry,
    left?: AbortSignal,
  ): Promise<TryView> {
    await wakeDraft(this.#kubernetes, person, tenant, app);
    const pod = draftPod(this.#kubernetes.lists, tenant, app);
    const place = { tenant, name: app.metadata.name };
    const release = this.#limiter.acquire(tenant);
    try {
      const archive = await this.#repositories.bundle(person, place, base);
      const answer = await this.#ask(app, pod, '/try', {
        body: {
          archive: archive.toString('base64'),
          changes: Object.fromEntries(
            files.map(({ content, path }) => [path, content]),
          ),
          ...(name !== undefined && { function: name, parameters }),
          ...(tests && { tests }),
          rows: rowsRead,
        },
        timeout,
        signal: left,
      });
      return viewTry(pod.environment, name, answer);
    } finally {
      release();
    }
  }

  /**
   * Returns the types of the libraries in a pod that runs a draft.
   *
   * @throws ConflictError when no environment runs a draft, or its pod has no types
   */
  async types(person: Person, tenant: string, app: App): Promise<LibraryTypes> {
    await wakeDraft(this.#kubernetes, person, tenant, app);
    const pod = draftPod(this.#kubernetes.lists, tenant, app);
    const release = this.#typesLimiter.acquire(tenant);
    try {
      return readTypes(
        await this.#ask(app, pod, '/types', { timeout: 30_000 }),
      );
    } finally {
      release();
    }
  }

  /** @throws ConflictError with the reason of a refusal */
  async #ask(
    app: App,
    { address, environment }: ReturnType<typeof draftPod>,
    path: string,
    options: PodCallOptions,
  ): Promise<unknown> {
    try {
      return await this.#kubernetes.callPod<unknown>(address, path, {
        ...options,
        maxBytes,
      });
    } catch (error) {
      throw refusalOf(error as Error, app, environment);
    }
  }
}

/** Explains why a pod tried no code, or has no types. */
function refusalOf(error: Error, app: App, environment: string): Error {
  const { refusal, status } = failureOfPod(error);
  // A runtime that knows no tests refuses the field.
  const isTooOld = status === 422 && /\btests\b/.test(refusal);
  if (status !== 404 && !isTooOld) return new ConflictError(refusal);
  const state = app.status?.environments?.find(
    ({ name }) => name === environment,
  );
  return new ConflictError(
    state?.revision === app.spec.source.revision
      ? 'The runtime of the app is too old to try code; ask the platform team for a newer version of the pack'
      : `The newest commit is still being deployed to ${environment}; try again in a few seconds`,
  );
}

/** @throws ConflictError when the answer is not one of the runtime */
function readTypes(answer: unknown): LibraryTypes {
  const { files, python } = Object(answer) as Partial<LibraryTypes>;
  const isVersion = /^\d{1,2}\.\d{1,3}$/.test(String(python));
  const entries = Object.entries(Object(files));
  const isRight =
    isVersion &&
    typeof files === 'object' &&
    entries.length <= mostTypeFiles &&
    entries.every(
      ([path, content]) => isPath(path) && typeof content === 'string',
    );
  if (!isRight)
    throw new ConflictError(
      'The types of the libraries cannot be read: they are not from the runtime',
    );
  return { python, files } as LibraryTypes;
}

/** Whether a path stays in its folder. */
function isPath(path: string): boolean {
  return path
    .split('/')
    .every(part => /^[\w.-]{1,200}$/.test(part) && !/^\.+$/.test(part));
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
  const { contract, error, log, pin, problems, seconds, tests } = data;
  const fn = contract?.functions.find(one => one.name === name);
  return {
    environment,
    log,
    ...(contract && { contract }),
    ...(problems && { problems }),
    ...(tests && { tests }),
    ...(pin && { pin }),
    ...(error && { error }),
    ...(seconds.call !== undefined && { seconds: seconds.call }),
    ...(fn &&
      !error && { result: viewResult(fn, data.answer, new Date(), rowsShown) }),
  };
}
