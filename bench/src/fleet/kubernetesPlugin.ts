import { inParallel } from '../inParallel';
import { rounded } from '../statistics';
import { appEntity } from './appEntity';
import type { FleetApp, FleetCluster } from './FleetCluster';

/** Cost of one viewer of all apps with Backstage's Kubernetes plugin. */
export interface PluginCost {
  apps: number;
  /** Calls to the API server. */
  calls: number;
  /** Sent to the browser. */
  bytes: number;
  seconds: number;
  callsPerApp: number;
  msPerApp: number;
}

/** So many connections a browser opens to one address. */
const atOnce = 6;

/** Queries a portal's plugin for the objects of each app, as its tab does every ten seconds. */
export async function askKubernetesPlugin(
  cluster: FleetCluster,
  { address, authorization }: { address: string; authorization: string },
  apps: FleetApp[],
): Promise<PluginCost> {
  const before = await cluster.calls();
  const begun = performance.now();
  let bytes = 0;
  await inParallel(
    apps,
    async ({ name, tenant }) => {
      const answer = await fetch(`${address}/api/kubernetes/services/${name}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ entity: appEntity({ name, tenant }), auth: {} }),
      });
      const text = await answer.text();
      if (!answer.ok)
        throw new Error(
          `The Kubernetes plugin answers ${answer.status}: ${text}`,
        );
      bytes += text.length;
    },
    atOnce,
  );
  const seconds = (performance.now() - begun) / 1000;
  const calls = (await cluster.calls()) - before;
  return {
    apps: apps.length,
    calls,
    bytes,
    seconds: rounded(seconds),
    callsPerApp: rounded(calls / apps.length),
    msPerApp: rounded((seconds * 1000) / apps.length),
  };
}
