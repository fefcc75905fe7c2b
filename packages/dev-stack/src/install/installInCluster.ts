import type { ClusterState } from '@bailiwick/backstage-local-cluster';
import { addresses, ports, type StackOptions } from '@bailiwick/backstage-cli';
import type { Reporter } from '../progress/Reporter';
import { clusterCommand } from '../cluster/clusterProcess';
import { programImages, withSpec } from '../images/programImages';
import { propertiesOfNodes } from './installChart';
import { installWithHelm } from './installWithHelm';

/** What an installation reports to and waits for. */
interface Follower {
  /** The started cluster. */
  ready: Promise<ClusterState>;
  reporter: Reporter;
  signal: AbortSignal;
}

/**
 * Installs the chart with the demo sign-in, for browsers on this machine. Images are built while the cluster starts.
 *
 * @returns the reference of the function runtime for pods
 */
export async function installInCluster(
  options: StackOptions,
  { ready, reporter, signal }: Follower,
): Promise<string> {
  const [references, cluster] = await Promise.all([
    reporter.step('Images', report =>
      loadProgramImages(options, report, signal),
    ),
    ready,
  ]);
  const { kubeconfig, provider } = cluster;
  const { gateway, portal } = addresses(options);
  const values = {
    image: { references },
    apps: { images: { runtime: references.python } },
    cluster: {
      title: 'This machine',
      provider,
      ...(await propertiesOfNodes(provider, options.dataDir)),
    },
    operator: { replicas: 1 },
    gateway: { replicas: 1, publicUrl: gateway },
    portal: {
      baseUrl: portal,
      demoSignIn: { enabled: true, port: ports(options).identity },
      workspaces: {
        baseUrl: `http://*.localhost:${ports(options).workspaces}`,
      },
    },
  };
  await reporter.step('Chart', report =>
    installWithHelm(options, { kubeconfig, values, report, signal }),
  );
  return references.python;
}

/** Builds the images that the chart names, and loads them into the cluster; returns references for pods, by name. */
async function loadProgramImages(
  options: StackOptions,
  report: (detail: string) => void,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const references: Record<string, string> = {};
  for (const image of programImages) {
    // That of Dockerfiles is loaded later.
    if (image.name === 'builder') continue;
    report(image.name);
    const printed = await withSpec(
      image,
      spec => clusterCommand(options, 'image', ['load', spec], signal),
      signal,
    );
    references[image.name] = JSON.parse(printed).ref;
  }
  return references;
}
