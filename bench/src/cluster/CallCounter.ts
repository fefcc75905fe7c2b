import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { flows, schemaOf, type Flow } from './flowSchemas';
import { readMetrics, sumOf } from './metrics';

/** Requests of the operator by kind. */
export type Calls = Record<Flow, number>;

/** Counts the requests of the operator as the API server sees them. */
export class CallCounter {
  readonly #client: KubeClient;

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** All requests since the API server started. */
  async read(): Promise<Calls> {
    const metrics = await this.#metrics();
    const counted = flows.map(flow => [
      flow,
      sumOf(metrics, 'apiserver_flowcontrol_dispatched_requests_total', {
        flow_schema: schemaOf(flow),
      }),
    ]);
    return Object.fromEntries(counted);
  }

  /** Returns the number of open watches of all users, by kind (`group/resource`). */
  async openWatches(): Promise<Map<string, number>> {
    const open = new Map<string, number>();
    for (const { name, labels, value } of await this.#metrics()) {
      if (name !== 'apiserver_longrunning_requests') continue;
      if (labels.verb !== 'WATCH') continue;
      const kind = `${labels.group}/${labels.resource}`;
      open.set(kind, (open.get(kind) ?? 0) + value);
    }
    return open;
  }

  async #metrics() {
    return readMetrics(
      await this.#client.request<string>({ path: '/metrics' }),
    );
  }
}

/** The calls between two counts. */
export function since(before: Calls, after: Calls): Calls {
  const differences = flows.map(flow => [flow, after[flow] - before[flow]]);
  return Object.fromEntries(differences);
}

/** Requests that are work: watches and leases are not counted. */
export function workOf({ reads, writes }: Calls): number {
  return reads + writes;
}
