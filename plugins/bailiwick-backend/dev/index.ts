// The plugin before a real API server that holds one tenant; everybody who asks is Rita, its owner:
// `npm run yarn workspace @bailiwick/backstage-plugin-bailiwick-backend start`, then
// `curl localhost:7007/api/bailiwick/tenants`.
import { createBackend } from '@backstage/backend-defaults';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { startTestCluster } from '@bailiwick/backstage-testing';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bailiwickPlugin } from '../src/plugin';
import { createTenant } from '../src/__testUtils__/createTenant';
import { people, userEntity } from '../src/__testUtils__/people';

const { groups, user } = people.rita;
const cluster = await startTestCluster({
  chartFolders: ['crds', 'templates', 'embedded'],
});
await createTenant(cluster.client);

const backend = createBackend();
backend.add(
  mockServices.rootConfig.factory({
    data: {
      backend: {
        baseUrl: 'http://localhost:7007',
        listen: { host: '127.0.0.1', port: 7007 },
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      bailiwick: {
        kubernetes: { kubeconfig: await cluster.identity('bailiwick:portal') },
        git: { directory: await mkdtemp(join(tmpdir(), 'repositories-')) },
        gateway: { baseUrl: 'http://localhost:7008' },
      },
    },
  }),
);
backend.add(mockServices.auth.factory());
backend.add(
  mockServices.httpAuth.factory({
    defaultCredentials: mockCredentials.user(user),
  }),
);
backend.add(
  mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: user,
      ownershipEntityRefs: [user, ...groups],
    }),
  }).factory,
);
backend.add(
  catalogServiceMock.factory({
    entities: Object.values(people).map(userEntity),
  }),
);
backend.add(bailiwickPlugin);
await backend.start();
