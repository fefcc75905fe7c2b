import {
  toKey,
  type Desired,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common';
import { childKinds, type BenchApp } from '../scenario';
import { ownedPart, type FieldSet } from './ownedPart';

/** An object with the record of who wrote which field. */
interface Managed extends KubeObject {
  metadata: KubeObject['metadata'] & {
    managedFields: {
      operation: 'Apply' | 'Update';
      subresource?: string;
      fieldsV1: FieldSet;
    }[];
  };
}

/** The children of apps, as they were applied. */
export type Children = (app: BenchApp) => Desired[];

/** Reads what an operator has applied for apps, without what the API server added to it. */
export async function readChildren(client: KubeClient): Promise<Children> {
  const lists = childKinds.map(type =>
    client.resource<KubeObject>(type).list({ labelSelector: labels.app }),
  );
  const byApp = new Map<string, Desired[]>();
  for (const object of (await Promise.all(lists)).flat() as Managed[]) {
    const { labels: marks = {}, namespace } = object.metadata;
    const key = toKey(marks[labels.app], namespace);
    byApp.set(key, [...(byApp.get(key) ?? []), applied(object)]);
  }
  return ({ name, namespace }) => byApp.get(toKey(name, namespace)) ?? [];
}

function applied(object: Managed): Desired {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace, managedFields } = metadata;
  const own = managedFields.find(
    ({ operation, subresource }) => operation === 'Apply' && !subresource,
  );
  if (!own) throw new Error(`Nobody has applied ${kind} ${namespace}/${name}`);
  const part = ownedPart(object, own.fieldsV1) as Partial<KubeObject>;
  return {
    ...part,
    apiVersion,
    kind,
    metadata: { ...part.metadata, name, namespace },
  };
}
