import { createHash } from 'node:crypto';
import {
  coreKinds,
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  packageFiles,
  type PackageFile,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { bundleKey } from './bundleCopy';

/** Code as it is stored in a home namespace. */
export interface StoredBundle {
  /** The `.tar.gz` file in base64; absent if the ConfigMap has none. */
  archive?: string;
  /** Digest of the file, such as `sha256:3f9c…`. */
  digest: string;
  /** The file that declares packages, with its digest; absent if the code requires none. */
  packages?: { file: PackageFile; content: string; digest: string };
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
  const digest = digestOf(Buffer.from(archive ?? '', 'base64'));
  const file = packageFiles.find(one => found.data?.[one]);
  if (!file) return { archive, digest };
  const content = found.data![file];
  return {
    archive,
    digest,
    packages: { file, content, digest: digestOf(content) },
  };
}

function digestOf(content: Buffer | string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
