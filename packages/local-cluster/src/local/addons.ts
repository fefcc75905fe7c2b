import { Resolver } from 'node:dns/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { corednsObjects } from '../addons/coredns';
import { registryComponent } from '../addons/registry';
import { nodeAccess } from '../addons/access';
import { volumesComponent, volumesObjects } from '../addons/volumes';
import type { Programs } from '../binaries/ensurePrograms';
import { ContainerdImages } from '../images/containerdImages';
import { programImage } from '../images/programImage';
import { hostNameservers } from '../node/nameservers';
import type { LocalRun } from './LocalRun';

/** Port of the registry on the node's address. */
export const REGISTRY_PORT = 5000;
const POLL_MS = 200;

/** Grants the node's own identities their rights; needs only the API server. */
export async function grantAccess(run: LocalRun): Promise<void> {
  await run.apply(nodeAccess());
}

/** Creates the default storage class and starts its provisioner. */
export async function startVolumes(run: LocalRun): Promise<void> {
  await run.apply(volumesObjects());
  await run.start(
    volumesComponent({
      program: run.cell.path('cell'),
      kubeconfig: join(run.paths.pki, 'volumes.kubeconfig'),
      node: run.node,
      directory: join(run.paths.directory, 'volumes'),
      address: run.network.address,
    }),
  );
}

/** Starts the registry. */
export async function startRegistry(
  run: LocalRun,
  addons: Programs,
): Promise<void> {
  const address = `${run.network.address}:${REGISTRY_PORT}`;
  await run.start(
    registryComponent({
      program: addons.path('registry'),
      address,
      config: join(run.paths.config, 'registry.yaml'),
      storage: join(run.paths.directory, 'registry'),
    }),
  );
  run.recorder.update({ registry: { address } });
}

/** Starts the name service as a Deployment and waits until it answers. */
export async function startDns(
  run: LocalRun,
  addons: Programs,
  ctr: string,
): Promise<void> {
  const image = await programImage(addons.path('coredns'));
  await new ContainerdImages(ctr, run.anyPid()).ensure(image);
  await run.apply(
    corednsObjects({
      image: image.reference,
      address: run.network.dnsService,
      upstream: hostNameservers(),
    }),
  );
  while (!(await isDnsReady(run))) {
    await sleep(POLL_MS, undefined, { signal: run.signal });
  }
}

/** Queries DNS itself, because the API server's status of a pod from an earlier run may be outdated. */
async function isDnsReady({ network }: LocalRun): Promise<boolean> {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([network.dnsService]);
  try {
    const addresses = await resolver.resolve4(
      'kubernetes.default.svc.cluster.local',
    );
    return addresses.includes(network.apiService);
  } catch {
    return false;
  }
}
