import { Applier, type KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../cache';
import { fieldManager, hashAnnotation, ownerAnnotation } from '../names';

/** Creates the applier of a cluster, which writes only objects of plans, tenants, apps and workspaces. */
export function createApplier({ children }: Caches): Applier {
  return new Applier({
    informers: Object.values(children),
    fieldManager,
    hashAnnotation,
    ownerAnnotation,
    ownerOf,
  });
}

function ownerOf({ metadata }: KubeObject): string | undefined {
  const {
    [labels.app]: app,
    [labels.tenant]: tenant,
    [labels.workspace]: workspace,
  } = metadata.labels ?? {};
  if (metadata.labels?.[labels.managedBy] !== managedBy) return undefined;
  if (!tenant) return 'Platform';
  if (workspace) return `Workspace ${tenant}/${workspace}`;
  return app ? `App ${tenant}/${app}` : `Tenant ${tenant}`;
}
