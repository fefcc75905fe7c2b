import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 250;
const timeoutMs = 20_000;

/** Waits until the catalog shows an entity, so that a link to it works; returns whether it does. */
export async function waitForEntity(
  catalog: CatalogService,
  entityRef: string,
  ctx: {
    getInitiatorCredentials(): Promise<BackstageCredentials>;
    signal?: AbortSignal;
  },
): Promise<boolean> {
  const credentials = await ctx.getInitiatorCredentials();
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    if (await catalog.getEntityByRef(entityRef, { credentials })) return true;
    await pause(pollMs, undefined, { signal: ctx.signal });
  }
  return false;
}
