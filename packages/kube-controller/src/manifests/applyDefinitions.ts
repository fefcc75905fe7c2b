import { setTimeout as pause } from 'node:timers/promises';
import type { Desired, KubeClient } from '../client';
import { isNotFound } from '../errors';
import { coreKinds, type KubeObject } from '../objects';
import { applyManifests } from './applyManifests';

const pollMs = 50;
/** Time without a new kind after which the remaining definitions are updated. */
const touchMs = 2_000;
const timeoutMs = 60_000;

interface Definition extends KubeObject {
  status?: {
    conditions?: {
      type: string;
      status: string;
      reason?: string;
      message?: string;
    }[];
  };
}

const definitionsOf = (client: KubeClient) =>
  client.resource<Definition>(coreKinds.customResourceDefinitions);

/**
 * Installs CustomResourceDefinitions and waits until the API server serves their kinds.
 *
 * An API server that stopped between accepting a definition and serving its kind reconsiders the definition only after
 * an update, so pending definitions get an annotation.
 *
 * @throws KubeApiError when the API server rejects one, Error with the names of those that it does not serve within a
 * minute
 * @public
 */
export async function applyDefinitions(
  client: KubeClient,
  definitions: Desired[],
  options: { fieldManager: string },
): Promise<void> {
  await applyManifests(client, definitions, options);
  const resource = definitionsOf(client);
  const end = Date.now() + timeoutMs;
  let waiting = definitions;
  let moved = Date.now();
  for (;;) {
    const served = await Promise.all(
      waiting.map(each => isServed(client, each)),
    );
    const left = waiting.filter((_, index) => !served[index]);
    if (left.length === 0) return;
    if (Date.now() > end) {
      const explained = left.map(async ({ metadata: { name } }) =>
        explain(await resource.get(name)),
      );
      throw new Error(
        `The API server does not serve ${(await Promise.all(explained)).join(
          ', ',
        )}`,
      );
    }
    if (left.length < waiting.length) moved = Date.now();
    if (Date.now() - moved > touchMs) {
      await Promise.all(
        left.map(({ metadata }) => touch(client, metadata.name)),
      );
      moved = Date.now();
    }
    waiting = left;
    await pause(pollMs);
  }
}

/** Whether objects of a new kind can be listed, and clients discover it: the API server may list it before it is established. */
async function isServed(
  client: KubeClient,
  definition: Desired,
): Promise<boolean> {
  const { group, names, versions } = definition.spec as {
    group: string;
    names: { plural: string };
    versions: { name: string }[];
  };
  try {
    await client.request({
      path: `/apis/${group}/${versions[0].name}/${names.plural}`,
      query: { limit: 1 },
    });
    const { status } = await definitionsOf(client).get(
      definition.metadata.name,
    );
    return (status?.conditions ?? []).some(
      each => each.type === 'Established' && each.status === 'True',
    );
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Updates a definition, so that the API server looks at it again. */
async function touch(client: KubeClient, name: string): Promise<void> {
  const annotations = { 'bailiwick.dev/touched-at': new Date().toISOString() };
  await definitionsOf(client).patch(name, { metadata: { annotations } });
}

/** Returns the name of a definition with the reasons why its kind is not served. */
function explain({ metadata, status }: Definition): string {
  const reasons = (status?.conditions ?? [])
    .filter(each => (each.status === 'True') === (each.type === 'Terminating'))
    .map(({ message, reason, type }) => `${type}: ${message || reason}`);
  return `${metadata.name} (${reasons.join('; ') || 'no conditions yet'})`;
}
