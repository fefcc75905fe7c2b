import {
  resourcePath,
  type KubeClient,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import type { Snapshot } from './Fault';

/** Reads a list as it is now, to answer with it later. */
export async function takeSnapshot(
  client: KubeClient,
  type: ResourceType,
): Promise<Snapshot> {
  const { items, metadata } = await client.request<{
    items: object[] | null;
    metadata: { resourceVersion: string };
  }>({ path: resourcePath(type) });
  const { apiVersion, kind } = type;
  return {
    items: (items ?? []).map(item => ({ ...item, apiVersion, kind })),
    resourceVersion: metadata.resourceVersion,
  };
}
