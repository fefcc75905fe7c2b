import {
  coreKinds,
  ignoreNotFound,
  requeueAfter,
  done,
  keyOf,
  type Desired,
  type KubeClient,
  type ReconcileResult,
  type Service,
} from '@bailiwick/backstage-kube-controller';
import type { Cluster } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { givesAddresses } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { refusalMessage } from '../../apply';
import { systemNamespace } from '../../names';
import type { AddressReport, PhaseState, Placement } from '../../placement';
import {
  desiredRoutes,
  desiredShared,
  gatewayServiceKey,
  gatewayServiceName,
  urlOf,
  type GatewayService,
} from './desired';
import {
  asksForAddress,
  planAddresses,
  type AskedAddress,
} from './planAddresses';
import { RouteObjects } from './RouteObjects';

/** Milliseconds between checks of objects and kinds that are not watched. */
const checkInterval = 60_000;

const noProfile =
  'This installation has no addresses for apps. Ask the platform team to choose a networking profile in the Cluster.';

/** Outcome for all addresses. */
interface Outcome {
  addresses: AskedAddress[];
  /** Objects to keep; others are deleted. */
  wanted: Desired[];
  /** Why there are no addresses at all. */
  problem?: string;
}

/**
 * Creates the objects that lead from the addresses of apps to the data gateway, deletes all others, and reports the
 * addresses to the controllers of apps and clusters.
 */
export async function reconcileAddresses(
  { addresses: book, caches, client }: Placement,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const cluster = addressCluster(caches.clusters.list());
  const routes = await RouteObjects.list(client, signal);
  const apps = caches.apps.list().filter(asksForAddress);
  const rule = cluster?.spec.networking.hostRule ?? '';
  const asked = planAddresses(rule, apps);
  const outcome: Outcome = cluster
    ? await applyRoutes(routes, cluster, asked, client, signal)
    : { addresses: asked, wanted: [], problem: noProfile };
  await routes.prune(outcome.wanted, signal);

  const reports = new Map<string, AddressReport>(
    apps.map(app => [keyOf(app), {}]),
  );
  for (const { environment, host, key, problem } of outcome.addresses) {
    const why = outcome.problem ?? problem;
    reports.get(key)![environment] = why
      ? { problem: why }
      : { url: urlOf(host, cluster!.spec.networking) };
  }
  const states = cluster ? [stateOf(cluster, outcome.problem)] : [];
  book.replace(reports, new Map(states));
  return cluster ? requeueAfter(checkInterval) : done;
}

/** Returns the operator's own Cluster with a networking profile, the first by name. */
export function addressCluster(clusters: Cluster[]): Cluster | undefined {
  return clusters
    .filter(givesAddresses)
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))[0];
}

async function applyRoutes(
  routes: RouteObjects,
  { spec: { networking } }: Cluster,
  addresses: AskedAddress[],
  client: KubeClient,
  signal: AbortSignal,
): Promise<Outcome> {
  const none = (problem: string): Outcome => ({
    addresses,
    wanted: [],
    problem,
  });
  const service = await findGatewayService(client, signal);
  if (!service)
    return none(
      `The data gateway has no Service ${gatewayServiceKey}. Install the chart, which creates it.`,
    );
  const shared = desiredShared(networking, service);
  const example = { key: '', app: 'a', environment: 'b', tenant: 'c' };
  const kinds = desiredRoutes(
    { ...example, host: 'a.example' },
    networking,
    service,
  );
  const lacking = routes.problemOf([...shared, ...kinds]);
  if (lacking) return none(lacking);
  try {
    for (const object of shared) await routes.apply(object, signal);
  } catch (error) {
    return none(refusalMessage(error));
  }
  const wanted = [...shared];
  const applied: AskedAddress[] = [];
  for (const address of addresses) {
    const objects = address.problem
      ? []
      : desiredRoutes(address, networking, service);
    try {
      for (const object of objects) await routes.apply(object, signal);
      wanted.push(...objects);
      applied.push(address);
    } catch (error) {
      applied.push({ ...address, problem: refusalMessage(error) });
    }
  }
  return { addresses: applied, wanted };
}

async function findGatewayService(
  client: KubeClient,
  signal: AbortSignal,
): Promise<GatewayService | undefined> {
  const service = await client
    .resource<Service>(coreKinds.services)
    .get(gatewayServiceName, { namespace: systemNamespace, signal })
    .catch(ignoreNotFound);
  const { ports = [], selector } = service?.spec ?? {};
  const found = ports.find(({ name }) => name === 'http') ?? ports[0];
  return found && { port: found.port, targetPort: found.targetPort, selector };
}

function stateOf(
  { metadata, spec }: Cluster,
  problem: string | undefined,
): [string, PhaseState] {
  const { hostRule, profile } = spec.networking;
  return [
    metadata.name,
    problem
      ? { status: 'False', reason: 'NoAddresses', message: problem }
      : {
          status: 'True',
          reason: 'AddressesReady',
          message: `Apps get addresses by the profile ${profile} and the rule ${hostRule}`,
        },
  ];
}
