import {
  coreKinds,
  type ConfigMap,
  type KubeClient,
  type KubeObject,
  type PersistentVolumeClaim,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { amountToNumber } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CommandError } from '../CommandError';
import { systemNamespace } from '../target/accounts';
import { adaptProgram, packProgram, unpackProgram } from './archives';
import {
  helperUser,
  longestSeconds,
  withHelperPod,
  type PodPlace,
} from './helperPod';
import { runInPod, saveFromPod } from './runInPod';
import { lineOf } from './runPython';
import { isSaved, portalNamespace } from './savedKinds';

/** Where a helper pod mounts the claim. */
const mountPath = '/volume';
/** Annotation of the operator on a claim: the user of the node whose files are on the volume. */
const userAnnotation = 'bailiwick.dev/user';
/** Any other user but root, in a user namespace of the pod. */
const mappedUser = 1000;

/** A place where the files of a volume can be read or written. */
interface Mount extends PodPlace {
  path: string;
}

/** Returns the claims whose volumes a backup contains. */
export async function savedClaims(
  client: KubeClient,
): Promise<PersistentVolumeClaim[]> {
  const claims = await client.resource(coreKinds.persistentVolumeClaims).list();
  return claims.filter(
    claim => isSaved(claim) && claim.status?.phase === 'Bound',
  );
}

/**
 * Writes the files of a volume into an archive. They are read in a pod that uses the volume, or in a pod of its own
 * meanwhile.
 *
 * @throws Error with the reason
 */
export async function packVolume(
  client: KubeClient,
  claim: PersistentVolumeClaim,
  file: string,
): Promise<void> {
  const read = ({ path, ...mount }: Mount) => {
    const isOfPerson = claim.metadata.labels?.[labels.workspace] !== undefined;
    const command = [
      ...['python3', '-c', packProgram, path],
      ...(isOfPerson ? ['lenient'] : []),
    ];
    const maxBytes = mostBytes(claim);
    const signal = AbortSignal.timeout(longestSeconds * 1_000);
    return saveFromPod(client, { ...mount, command, maxBytes, signal }, file);
  };
  const pods = await podsOf(client, claim);
  const mount = findMount(pods, claim);
  if (mount) await read(mount);
  else await withVolume(client, { claim, node: nodeOf(pods) }, read);
}

/** Contents of a new volume. */
interface VolumeContent {
  /** Archive of its files. */
  file: string;
  /** Present UIDs of objects by former UID. */
  uids: ReadonlyMap<string, string>;
  /** Image with Python; by default the function runtime. */
  image?: string;
}

/** Bytes of the largest archive that a volume can need: its size, and headers of many small files. */
function mostBytes({ spec }: PersistentVolumeClaim): number {
  return 2 * amountToNumber(spec?.resources?.requests?.storage) + 2 ** 26;
}

/** Fills a new volume with the files of an archive. @throws Error with the reason */
export async function unpackVolume(
  client: KubeClient,
  claim: KubeObject,
  { file, image, uids }: VolumeContent,
): Promise<void> {
  const write = async ({ path, ...mount }: Mount) => {
    const send = (program: string, input: Readable) => {
      const command = ['python3', '-c', program, path];
      return runInPod(client, { ...mount, command, input });
    };
    await send(unpackProgram, createReadStream(file));
    // Results of apps name no objects, and files of workspaces belong to people.
    if (mount.namespace === portalNamespace)
      await send(adaptProgram, Readable.from([Buffer.from(lineOf(uids))]));
  };
  await withVolume(client, { claim, image }, write);
}

/** Returns the pods that use a claim and have not ended. */
async function podsOf(
  client: KubeClient,
  { metadata: { name, namespace } }: KubeObject,
): Promise<Pod[]> {
  const pods = await client.resource(coreKinds.pods).list({ namespace });
  return pods.filter(
    ({ spec, status }) =>
      ['Pending', 'Running'].includes(status?.phase ?? '') &&
      spec?.volumes?.some(
        each => each.persistentVolumeClaim?.claimName === name,
      ),
  );
}

/** Returns the node on which a volume can be used meanwhile; many volumes can be used on one node at a time. */
function nodeOf(pods: readonly Pod[]): string | undefined {
  return pods.find(({ spec }) => spec?.nodeName)?.spec?.nodeName;
}

/** Finds a running pod of an app among those that use a claim. Pods of runs end, and nobody may run programs in them. */
function findMount(
  pods: readonly Pod[],
  { metadata: { name, namespace = '' } }: KubeObject,
): Mount | undefined {
  for (const { metadata, spec, status } of pods) {
    const isServing = metadata.ownerReferences?.some(
      ({ kind }) => kind === 'ReplicaSet',
    );
    // The portal's image has no Python.
    const isOfApp = metadata.labels?.[labels.app] !== undefined;
    if (status?.phase !== 'Running' || metadata.deletionTimestamp) continue;
    if (!isServing || !isOfApp) continue;
    const volume = spec!.volumes!.find(
      each => each.persistentVolumeClaim?.claimName === name,
    )!;
    for (const container of spec!.containers) {
      const mounted = container.volumeMounts?.find(
        each => each.name === volume.name,
      );
      if (mounted)
        return {
          namespace,
          pod: metadata.name,
          container: container.name,
          path: mounted.mountPath,
        };
    }
  }
  return undefined;
}

/** Runs a pod with the volume of a claim while work is in progress. */
async function withVolume(
  client: KubeClient,
  { claim, image, node }: { claim: KubeObject; image?: string; node?: string },
  work: (mount: Mount) => Promise<void>,
): Promise<void> {
  const { name: claimName, namespace = '' } = claim.metadata;
  const userId = claim.metadata.annotations?.[userAnnotation];
  const isOfPortal = namespace === portalNamespace;
  await withHelperPod(
    client,
    {
      namespace,
      image: image ?? (await runtimeImage(client)),
      user: isOfPortal ? helperUser : Number(userId ?? mappedUser),
      isMapped: !userId && !isOfPortal,
      node,
      volume: { mountPath, source: { persistentVolumeClaim: { claimName } } },
    },
    place => work({ ...place, path: mountPath }),
  );
}

/** Returns the image of the function runtime, which has Python. @throws CommandError if the cluster names none */
async function runtimeImage(client: KubeClient): Promise<string> {
  const { data = {} } = await client
    .resource<ConfigMap>(coreKinds.configMaps)
    .get('runtime-images', { namespace: systemNamespace });
  const image = data['bailiwick.python'];
  if (image) return image;
  throw new CommandError(
    'The cluster names no image of the function runtime, which reads and writes volumes.',
    `Set the key bailiwick.python of the ConfigMap runtime-images in ${systemNamespace}.`,
  );
}
