import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubeClient } from '@bailiwick/backstage-kube-controller';

/** Installs a compiled pack, or replaces its older version. */
export async function applyPack(
  client: KubeClient,
  pack: DomainPack,
): Promise<void> {
  await client
    .resource<DomainPack>(domainPackKind)
    .apply({ ...pack }, { fieldManager: 'bailiwick-pack', force: true });
}
