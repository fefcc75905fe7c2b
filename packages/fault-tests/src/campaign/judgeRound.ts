import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  homeNamespace,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { pause, type FaultBench } from '@bailiwick/backstage-testing/world';
import {
  boundedRate,
  honestStatus,
  isDeletion,
  oneWriter,
  quiet,
  readEndState,
  readWorld,
  sameEndState,
  untouched,
  type Violation,
} from '@bailiwick/backstage-testing/oracles';
import { identityOf, type Passage } from '@bailiwick/backstage-testing/proxy';
import { noSecretsOf, usualLimits } from '../scenario';
import type { RoundPlan } from './planRound';

/** State before a round, for comparison. */
export interface Before {
  passages: number;
  foreign: Map<string, string>;
}

/** Judges the end of a round by all oracles; the operators are exchanged meanwhile. */
export async function judgeRound(
  bench: FaultBench,
  { tenants, wanted }: RoundPlan,
  before: Before,
  quietMs: number,
): Promise<Violation[]> {
  for (const tenant of tenants) await bench.settle(tenant, 120);
  for (const tenant of tenants) await bench.countPods(tenant);
  for (const tenant of tenants) await bench.settle(tenant, 60);
  await bench.quiesce(1500);
  const quietFrom = bench.proxy.passages.length;
  await pause(quietMs);
  const calm = quiet(bench.proxy.passages.slice(quietFrom));
  const ends = await endStates(bench.admin, tenants);
  const passages = bench.proxy.passages.slice(before.passages);
  // Operators that saw no fault would leave everything as these did.
  await bench.exchangeOperators();
  const restarted = bench.proxy.passages.length;
  await bench.operatorReady();
  await bench.quiesce(1500);
  const later = await endStates(bench.admin, tenants);
  return [
    ...(await asWanted(bench.admin, tenants, wanted)),
    ...ends.flatMap((end, i) => sameEndState(later[i], end)),
    ...noneTwice(passages),
    ...untouched(before.foreign, await foreignObjects(bench.admin)),
    ...calm,
    ...quiet(bench.proxy.passages.slice(restarted)),
    ...honestStatus(await readWorld(bench.admin)),
    ...oneWriter(bench.proxy.passages),
    ...boundedRate(passages, usualLimits),
    ...(await noSecretsOf(bench)),
  ];
}

function endStates(client: KubeClient, tenants: string[]) {
  return Promise.all(tenants.map(tenant => readEndState(client, tenant)));
}

/** O1: the wanted apps exist as wanted, and no others. */
async function asWanted(
  client: KubeClient,
  tenants: string[],
  wanted: RoundPlan['wanted'],
): Promise<Violation[]> {
  const found = new Map<string, string>();
  const say = (commit: string, replicas: number) => `${commit} x ${replicas}`;
  for (const tenant of tenants) {
    const namespace = homeNamespace(tenant);
    const apps = await client.resource<App>(appKind).list({ namespace });
    for (const { metadata } of apps) {
      const { spec } = await client
        .resource(coreKinds.deployments)
        .get(metadata.name, { namespace: `${tenant}--dev` });
      const { metadata: pod } = spec?.template as {
        metadata: { labels: Record<string, string> };
      };
      const commit = pod.labels['bailiwick.dev/commit'];
      const key = `${tenant}/${metadata.name}`;
      found.set(key, say(commit, spec?.replicas ?? 0));
    }
  }
  const keys = new Set([...found.keys(), ...Object.keys(wanted)]);
  return [...keys].flatMap(key => {
    const is = found.get(key);
    const want = wanted[key] && say(wanted[key].commit, wanted[key].replicas);
    return is === want ? [] : [`O1: ${key} is ${is}, not ${want}`];
  });
}

/**
 * O2: names are never reused, so nothing is created or deleted twice. Code may be created again, and each event has a
 * name of its own, which is not in its path.
 */
function noneTwice(passages: Passage[]): Violation[] {
  const seen = new Set<string>();
  return passages.flatMap(passage => {
    const { resource, status } = passage;
    const isDeath = isDeletion(passage);
    const isExcepted = resource === 'configmaps' || resource === 'events';
    if (isExcepted || (status !== 201 && !isDeath)) return [];
    const what = `${isDeath ? 'deleted' : 'made'} ${identityOf(passage)}`;
    if (!seen.has(what)) {
      seen.add(what);
      return [];
    }
    return [`O2: ${what} twice`];
  });
}

/** Returns foreign objects with identity and version. */
export async function foreignObjects(
  client: KubeClient,
): Promise<Map<string, string>> {
  const labelSelector = 'made=by-hand';
  const found = [
    ...(await client.resource(coreKinds.namespaces).list({ labelSelector })),
    ...(await client.resource(coreKinds.services).list({ labelSelector })),
    ...(await client.resource(coreKinds.configMaps).list({ labelSelector })),
  ];
  // What Kubernetes itself notes in a namespace is no business of ours.
  return new Map(
    found.map(({ kind, metadata }) => [
      `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
      `${metadata.uid} ${metadata.resourceVersion}`,
    ]),
  );
}
