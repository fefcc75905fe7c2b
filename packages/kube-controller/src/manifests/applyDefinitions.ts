import { setTimeout as pause } from 'node:timers/promises';
import type { Desired, KubeClient } from '../client';
import { isNotFound } from '../errors';
import { applyManifests } from './applyManifests';

const pollMs = 50;
const timeoutMs = 60_000;

/** Whether objects of a new kind can be listed. */
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
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/**
 * Installs CustomResourceDefinitions and waits until the API server serves their kinds.
 *
 * @throws KubeApiError when it refuses one, Error when it does not serve one within a minute
 */
export async function applyDefinitions(
  client: KubeClient,
  definitions: Desired[],
  options: { fieldManager: string },
): Promise<void> {
  await applyManifests(client, definitions, options);
  const end = Date.now() + timeoutMs;
  for (const definition of definitions) {
    while (!(await isServed(client, definition))) {
      if (Date.now() > end) {
        throw new Error(
          `The API server does not serve ${definition.metadata.name}; see its conditions with kubectl describe crd`,
        );
      }
      await pause(pollMs);
    }
  }
}
