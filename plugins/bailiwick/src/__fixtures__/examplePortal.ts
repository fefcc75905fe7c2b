import type { Entity } from '@backstage/catalog-model';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { FakePortal } from './FakePortal';
import { connectGuide, guideList } from './guides';
import {
  aDeployment,
  aFleetRow,
  aFleetTenant,
  anApp,
  aPlan,
  aRequest,
  aTenant,
} from './views';

const app = anApp();
const appPath = `/tenants/${app.tenant}/apps/${app.metadata.name}` as const;

/** The component of the app in the catalog. */
export const appEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: app.metadata.name,
    title: app.spec.title,
    namespace: app.tenant,
    annotations: {
      [annotations.tenant]: app.tenant,
      [annotations.app]: app.metadata.name,
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: app.spec.owner },
};

/** A portal with a tenant, an app that runs in it and a request that waits. */
export function createExamplePortal(): FakePortal {
  return new FakePortal()
    .answers('GET /me', {
      user: 'user:default/rita',
      groups: ['group:default/rates'],
      platformEngineer: false,
    })
    .answers('GET /plans', { items: [aPlan()] })
    .answers('GET /packs', { items: [] })
    .answers('GET /docs', { items: guideList })
    .answers('GET /docs/connect', connectGuide)
    .answers(`GET ${appPath}/grants`, { items: [] })
    .answers(`GET ${appPath}/files`, {
      commit: '1'.repeat(40),
      files: [],
      isCut: false,
    })
    .answers(`GET ${appPath}/workspaces`, {
      environments: ['dev'],
      most: { cpu: '1', memory: '2Gi' },
    })
    .streams('/cluster', { ready: true, message: 'Ready.', steps: [] })
    .streams(appPath, aDeployment())
    .streams('/fleet', {
      type: 'snapshot',
      items: [aFleetRow()],
      tenants: [aFleetTenant()],
    })
    .streamsList('/tenants', [aTenant()])
    .streamsList('/requests', [aRequest()])
    .streamsList('/apps', [app]);
}
