import {
  applyDefinitions,
  coreKinds,
  isAlreadyExists,
  isNotFound,
  type Desired,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations as names,
  workspaceKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { portalNamespace, savedKinds } from './savedKinds';

const fieldManager = 'bailiwick-restore';

/** Kinds whose status Kubernetes writes itself. */
const ownStatus = /^bailiwick\.dev\//;

/** Annotations that bind a claim to a volume of the former cluster. */
const bindings = /^(pv|volume)(\.beta)?\.kubernetes\.io\//;

type SavedObject = KubeObject & {
  metadata: { managedFields?: object[] };
  spec?: unknown;
  status?: object;
};

/**
 * Creates the objects of a backup with their status. The API server assigns other UIDs, so each former UID within the
 * objects is replaced. Objects that exist already, from an interrupted restore, only get their status.
 *
 * @param objects - in the order of {@link savedKinds}
 * @returns the present UID of each former one
 * @throws KubeApiError if the API server rejects one
 */
export async function restoreObjects(
  client: KubeClient,
  objects: readonly KubeObject[],
): Promise<Map<string, string>> {
  const uids = new Map<string, string>();
  const generations = new Map<KubeObject, number>();
  const definitions = objects.filter(isDefinition);
  await applyDefinitions(client, definitions.map(manifestOf), { fieldManager });
  const types = new Map(savedKinds.map(type => [type.kind, type]));
  const others = (objects as readonly SavedObject[]).filter(
    object => types.has(object.kind) && !isDefinition(object),
  );
  const resourceOf = ({ kind }: KubeObject) =>
    client.resource<KubeObject>(types.get(kind)!);
  // In turn, because their names and lists show the order of their creation.
  for (const object of others) {
    const { name, namespace, uid = '' } = object.metadata;
    const resource = resourceOf(object);
    const { metadata } = await resource
      .create(withUids(manifestOf(object), uids), { fieldManager })
      .catch(error => {
        if (!isAlreadyExists(error)) throw error;
        return resource.get(name, { namespace });
      });
    uids.set(uid, metadata.uid!);
    generations.set(object, metadata.generation ?? 1);
  }
  for (const object of others) {
    const { apiVersion, metadata, status } = object;
    const { managedFields, name, namespace } = metadata;
    const resource = resourceOf(object);
    const options = { namespace, fieldManager };
    if (status && ownStatus.test(apiVersion)) {
      const current = withGeneration(
        withUids(status, uids),
        metadata.generation,
        generations.get(object),
      );
      await resource.patchStatus(name, current as never, options);
    }
    // Otherwise fields would belong to the restore, and their owners could not remove them.
    if (managedFields)
      await resource.patch(
        name,
        { metadata: { managedFields } } as never,
        options,
      );
  }
  return uids;
}

/** Names of objects that would be mixed with those of a backup. */
export async function occupants(client: KubeClient): Promise<string[]> {
  const volumes = await client
    .resource(coreKinds.persistentVolumeClaims)
    .list({ namespace: portalNamespace });
  const found = volumes.map(({ metadata }) => `the volume ${metadata.name}`);
  for (const type of savedKinds) {
    if (!ownStatus.test(type.apiVersion)) continue;
    try {
      for (const { metadata } of await client.resource(type).list())
        found.push(`${type.kind} ${metadata.name}`);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return found;
}

function isDefinition({ kind }: KubeObject): boolean {
  return kind === 'CustomResourceDefinition';
}

/** Returns an object without the fields that belong to its former cluster. */
function manifestOf(object: KubeObject): Desired {
  const { metadata, status: _later, ...rest } = object as SavedObject;
  const { annotations, finalizers, labels, name, namespace, ownerReferences } =
    metadata;
  const kept = Object.entries(annotations ?? {}).filter(
    ([key]) => !bindings.test(key),
  );
  const manifest = {
    ...rest,
    metadata: {
      name,
      namespace,
      labels,
      annotations: {
        ...(object.kind === workspaceKind.kind && {
          [names.volumeUid]: object.metadata.uid,
        }),
        ...Object.fromEntries(kept),
      },
      finalizers: finalizers?.filter(
        each => !each.startsWith('kubernetes.io/'),
      ),
      ownerReferences,
    },
  };
  if (object.kind === 'PersistentVolumeClaim') {
    const { volumeName: _former, ...spec } = rest.spec as {
      volumeName?: string;
    };
    return { ...manifest, spec } as Desired;
  }
  return manifest as Desired;
}

/** Returns a copy in which each text that is a former UID is the present one. */
function withUids<T>(value: T, uids: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(value), (_key, each) =>
    typeof each === 'string' ? uids.get(each) ?? each : each,
  );
}

/** Returns a status that has observed the present generation if it had observed the former one. */
function withGeneration<T>(
  status: T,
  former: number | undefined,
  present: number | undefined,
): T {
  return JSON.parse(JSON.stringify(status), (key, each) =>
    key === 'observedGeneration' && each === former ? present : each,
  );
}
