import { maxReads } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { ReadLog } from './ReadLog';

/**
 * `GET /reads` of the metrics port: reads of a tenant as `{"items":[…]}`, newest first. `?tenant=…` is required;
 * `app`, `before` (RFC 3339) and `limit` narrow the result.
 */
export function readsRoute(log: Pick<ReadLog, 'find'>) {
  return async ({ searchParams }: URL): Promise<string> => {
    const limit = Number(searchParams.get('limit')) || 100;
    const items = await log.find({
      tenant: searchParams.get('tenant') ?? '',
      app: searchParams.get('app') ?? undefined,
      before: searchParams.get('before') ?? undefined,
      limit: Math.min(Math.max(1, Math.floor(limit)), maxReads),
    });
    return JSON.stringify({ items });
  };
}
