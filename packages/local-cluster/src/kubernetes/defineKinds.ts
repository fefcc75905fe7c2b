import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from '../ClusterError';
import { directEnvironment } from '../network/directEnvironment';
import { run } from '../process/run';
import type { ApiClient } from './ApiClient';
import { asOwner } from './applyObjects';

const POLL_MS = 100;
/** Time without a new kind after which the remaining definitions are updated. */
const TOUCH_MS = 2_000;
const TIMEOUT_MS = 60_000;

interface Definition {
  metadata: { name: string };
  status?: {
    conditions?: Array<{ type: string; status: string; message?: string }>;
  };
}

/**
 * Applies the CustomResourceDefinitions in a folder and waits until their kinds are served.
 *
 * An API server that stopped between accepting a definition and serving its kind reconsiders the definition only after
 * an update, so pending definitions get an annotation.
 *
 * @throws ClusterError with the definitions whose kinds are not served within a minute, and the reason
 */
export async function defineKinds(options: {
  client: ApiClient;
  kubectl: string;
  kubeconfig: string;
  folder: string;
  signal: AbortSignal;
}): Promise<void> {
  const { client, folder, kubeconfig, signal } = options;
  const kubectl = (...args: string[]) =>
    run(options.kubectl, [`--kubeconfig=${kubeconfig}`, ...args], {
      timeout: 60_000,
      environment: directEnvironment(),
      signal,
    });
  const applied = await kubectl(
    'apply',
    ...asOwner,
    '--output=name',
    `--filename=${folder}`,
  );
  // customresourcedefinition.apiextensions.k8s.io/<plural>.<group>
  const names = applied
    .split('\n')
    .filter(line => line.startsWith('customresourcedefinition'))
    .map(line => line.slice(line.indexOf('/') + 1));
  const end = Date.now() + TIMEOUT_MS;
  let moved = Date.now();
  let before = names.length;
  for (;;) {
    const waiting = (await definitions(client, names)).filter(notEstablished);
    if (waiting.length === 0) return;
    if (waiting.length < before) moved = Date.now();
    before = waiting.length;
    if (Date.now() > end) throw notServed(waiting);
    if (Date.now() - moved > TOUCH_MS) {
      await kubectl(
        'annotate',
        '--overwrite',
        'customresourcedefinitions',
        ...waiting.map(({ metadata }) => metadata.name),
        `bailiwick.dev/touched-at=${new Date().toISOString()}`,
      );
      moved = Date.now();
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

function definitions(
  client: ApiClient,
  names: readonly string[],
): Promise<Definition[]> {
  const root = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  return Promise.all(
    names.map(async name => {
      const { body, status } = await client.get(`${root}/${name}`);
      return status === 200
        ? (body as Definition)
        : { metadata: { name }, status: undefined };
    }),
  );
}

function notEstablished({ status }: Definition): boolean {
  return !status?.conditions?.some(
    each => each.type === 'Established' && each.status === 'True',
  );
}

function notServed(waiting: readonly Definition[]): ClusterError {
  const reasons = waiting.map(({ metadata: { name }, status }) => {
    const conditions = (status?.conditions ?? [])
      .filter(
        each => (each.status === 'True') === (each.type === 'Terminating'),
      )
      .map(({ message, type }) => `${type}: ${message}`);
    return `${name} (${conditions.join('; ') || 'no conditions yet'})`;
  });
  return new ClusterError(
    `The API server does not serve ${reasons.join(', ')}.`,
    'Start again. If the problem persists, delete the data with bailiwick-cluster reset.',
  );
}
