import { setTimeout as pause } from 'node:timers/promises';
import {
  askKubernetesPlugin,
  changeApps,
  FleetCluster,
  fleetOf,
  podsPerApp,
  PortalProcess,
  Screen,
  StockPortal,
  Viewers,
  type FleetApp,
} from '../fleet';
import { length } from '../durations';
import { median, rounded } from '../statistics';
import { benchOptions } from './benchOptions';
import { stopwatch } from './prepare';

/** The viewer of the fleet page: a platform engineer, who sees all apps. */
const viewer = 'user:default/pia';
const restSeconds = length(30, 1);
const changeSeconds = length(30, 2);
const visits = length(5, 2);
/** Number of apps for which the plugin alone is measured: it queries every cluster for each app. */
const askedAlone = 100;
const mebibyte = 1024 ** 2;

/** Subject and tools of a measurement. */
interface FleetGround {
  apps: FleetApp[];
  cluster: FleetCluster;
  portal: PortalProcess;
  say: (text: string) => void;
  screen: Screen;
}

/** `fleet`: measures the fleet page in a browser, and the cost of its viewers for the portal. */
export async function fleet(args: string[]): Promise<object> {
  const options = benchOptions(args, {
    apps: 1000,
    viewers: 50,
    clusters: 20,
  });
  const say = stopwatch();
  const apps = fleetOf(options.apps);
  say(`Starting ${options.clusters} API servers`);
  const cluster = await FleetCluster.start(viewer, options.clusters);
  try {
    const kubeconfig = await cluster.portalIdentity();
    say('A portal without apps');
    const emptyBytes = await withPortal(kubeconfig, portal =>
      baseOf(portal, options.viewers),
    );
    say(`Making ${options.apps} apps and ${podsPerApp * options.apps} pods`);
    await cluster.populate(apps);
    say('A portal with all of them');
    return await withPortal(kubeconfig, async portal => {
      await portal.quiet();
      const screen = await Screen.open(portal.address);
      try {
        return {
          clusters: options.clusters,
          apps: options.apps,
          pods: podsPerApp * options.apps,
          ...(await measure(
            { apps, cluster, portal, say, screen },
            { count: options.viewers, emptyBytes },
          )),
        };
      } finally {
        await screen.close();
      }
    });
  } finally {
    await cluster.stop();
  }
}

/** Memory of a portal that has the viewers and no apps, bytes. */
async function baseOf(portal: PortalProcess, count: number): Promise<number> {
  const screen = await Screen.open(portal.address);
  try {
    const viewers = await Viewers.open(
      portal.address,
      screen.authorization,
      count,
    );
    try {
      await portal.quiet();
      return await portal.leanBytes();
    } finally {
      await viewers.close();
    }
  } finally {
    await screen.close();
  }
}

/** Measures the cost of idle time and of changes for the portal, and the time from a change to the screen. */
async function costOf({ apps, cluster, portal, say, screen }: FleetGround) {
  await portal.quiet();
  const callsBefore = await cluster.calls();
  const cpuAtRest = portal.cpuSeconds;
  await pause(restSeconds * 1000);
  const calls = (await cluster.calls()) - callsBefore;
  const restCpu = (portal.cpuSeconds - cpuAtRest) / restSeconds;
  say(`Changes for ${changeSeconds} s`);
  const cpuBefore = portal.cpuSeconds;
  const began = performance.now();
  const times = await changeApps(cluster, screen, apps, changeSeconds);
  const seconds = (performance.now() - began) / 1000;
  const cpu = portal.cpuSeconds - cpuBefore - restCpu * seconds;
  const { residentBytes } = portal;
  return {
    calls,
    cpu,
    leanBytes: await portal.leanBytes(),
    residentBytes,
    times,
  };
}

/** Of the first visit, and the median of the others. */
function pairOf<K extends string>(
  cold: Record<K, number>,
  warm: Record<K, number>[],
  figure: K,
) {
  return {
    cold: Math.round(cold[figure]),
    warm: Math.round(median(warm.map(visit => visit[figure]))),
  };
}

async function measure(
  ground: FleetGround,
  { count, emptyBytes }: { count: number; emptyBytes: number },
) {
  const { apps, cluster, portal, say, screen } = ground;
  say('Opening the board');
  const { cold, warm } = await screen.visit(visits);
  say(`${count} viewers at rest`);
  const viewers = await Viewers.open(
    portal.address,
    screen.authorization,
    count,
  );
  const { calls, cpu, leanBytes, residentBytes, times } = await costOf(
    ground,
  ).finally(() => viewers.close());
  say('The same apps on the Kubernetes tab, for one viewer');
  const { authorization } = screen;
  const tab = await askKubernetesPlugin(
    cluster,
    { address: portal.address, authorization },
    apps,
  );
  say('The same by a portal with the Kubernetes plugin alone');
  const alone = await askStock(cluster, apps.slice(0, askedAlone));
  return {
    boardFirstPaintMs: pairOf(cold, warm, 'firstPaintMs'),
    boardUsableMs: pairOf(cold, warm, 'usableMs'),
    changeToScreenP50Ms: rounded(times.p50Ms),
    changeToScreenP95Ms: rounded(times.p95Ms),
    changes: times.changes,
    apiCallsPerViewerPerMinute: rounded((calls / count / restSeconds) * 60),
    viewers: count,
    bytesPerViewer: Math.round(viewers.bytes / count),
    backendRssMiB: rounded(residentBytes / mebibyte),
    backendLeanRssMiB: rounded(leanBytes / mebibyte),
    backendLeanRssWithoutAppsMiB: rounded(emptyBytes / mebibyte),
    backendKiBPerApp: rounded((leanBytes - emptyBytes) / 1024 / apps.length),
    backendCpuPerPodChangeMs: rounded((cpu * 1000) / times.changes),
    kubernetesTab: tab,
    kubernetesPluginAlone: alone,
  };
}

/** Measures the cost of Backstage's Kubernetes plugin without our changes. */
async function askStock(cluster: FleetCluster, apps: FleetApp[]) {
  const stock = await StockPortal.start(await cluster.stockIdentities());
  try {
    return await askKubernetesPlugin(cluster, stock, apps);
  } finally {
    await stock.stop();
  }
}

async function withPortal<T>(
  kubeconfig: string,
  act: (portal: PortalProcess) => Promise<T>,
): Promise<T> {
  const portal = await PortalProcess.start(kubeconfig);
  try {
    return await act(portal);
  } finally {
    await portal.stop();
  }
}
