import type {
  Desired,
  KubeObject,
  Secret,
} from '@bailiwick/backstage-kube-controller';
import { createHash } from 'node:crypto';
import type { AppInstance } from '../../../cache';
import { appLabels } from './appLabels';

/**
 * Name of the copy of a Secret: `<app>.<connection>.<account and Secret>.<version>`. An account that
 * is made again gets other copies, as those of the old one go with it. Everybody who sees pods sees
 * the name, so nothing in it comes from the content.
 *
 * @param account - the app's account, `undefined` before it is made
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

/** What copies of the same Secret have in common, whatever its version: their name without it. */
export function originOf(copy: string): string {
  return copy.slice(0, copy.lastIndexOf('.'));
}

/**
 * Immutable copy of a connection's Secret in the environment that uses it; it goes with the app's
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
