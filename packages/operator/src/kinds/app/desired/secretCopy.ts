import type {
  Desired,
  KubeObject,
  Secret,
} from '@bailiwick/backstage-kube-controller';
import { createHash } from 'node:crypto';
import type { AppInstance } from '../../../cache';
import { appLabels } from './appLabels';

/**
 * Returns the name of a Secret's copy: `<app>.<connection>.<account and Secret>.<version>`. A
 * recreated account gets new copies, as the old ones are deleted with it. The name is visible on
 * pods, so it must not derive from the content.
 *
 * @param account - the app's account, `undefined` before it is created
 */
export function secretCopyName(
  app: string,
  connection: string,
  account: KubeObject | undefined,
  { metadata: { resourceVersion, uid } }: KubeObject,
): string {
  const origin = createHash('sha256')
    .update(`${account?.metadata.uid} ${uid}`)
    .digest('hex');
  return [app, connection, origin.slice(0, 10), resourceVersion].join('.');
}

/** Returns the name of a copy without the version, which all copies of one Secret share. */
export function originOf(copy: string): string {
  return copy.slice(0, copy.lastIndexOf('.'));
}

/**
 * Returns the immutable copy of a connection's Secret in an environment, owned by the app's
 * account.
 */
export function desiredSecretCopy(
  place: AppInstance,
  name: string,
  data: Secret['data'],
  account: KubeObject,
): Desired {
  const { apiVersion, kind, metadata } = account;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: place.namespace,
      labels: appLabels(place),
      ownerReferences: [
        { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '' },
      ],
    },
    type: 'Opaque',
    immutable: true,
    data,
  };
}
