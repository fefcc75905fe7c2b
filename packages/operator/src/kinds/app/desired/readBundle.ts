import { createHash } from 'node:crypto';
import {
  coreKinds,
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { bundleKey } from './bundleCopy';

/** Code as it is stored in a home namespace. */
export interface StoredBundle {
  /** The `.tar.gz` file in base64; absent if the ConfigMap has none. */
  archive?: string;
  /** Digest of the file, such as `sha256:3f9c…`. */
  digest: string;
}

/** Reads a code bundle with its content; `undefined` when there is none. */
export async function readBundle(
  hub: KubeClient,
  name: string,
  namespace: string,
  signal: AbortSignal,
): Promise<StoredBundle | undefined> {
  const found = await hub
    .resource(coreKinds.configMaps)
    .get(name, { namespace, signal })
    .catch(ignoreNotFound);
  if (!found) return undefined;
  const archive = found.binaryData?.[bundleKey];
  const digest = createHash('sha256')
    .update(Buffer.from(archive ?? '', 'base64'))
    .digest('hex');
  return { archive, digest: `sha256:${digest}` };
}
