import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  eventually,
  installChart,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-test-cluster';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bailiwickPlugin } from '../plugin';
import {
  groupEntities,
  people,
  signedInAs,
  userEntity,
  type Name,
} from './people';

/** The plugin in a backend of its own, before a real API server. */
export interface Portal {
  cluster: TestCluster;
  /** Address of the plugin. */
  url: string;
  /** Folder of the git host. */
  repositories: string;
  auditor: ReturnType<typeof mockServices.auditor.mock>;
  /** Calls a route as a person; objects are sent as JSON. */
  call(
    who: Name,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: any }>;
  /** Fulfilled when the portal shows a person what the API server holds. */
  shows(who: Name, path: string, name: string): Promise<KubeObject>;
  stop(): Promise<void>;
}

const userInfo = createServiceFactory({
  service: coreServices.userInfo,
  deps: {},
  factory: () => ({
    async getUserInfo({ principal }) {
      const { userEntityRef } = principal as { userEntityRef: string };
      const groups = Object.values(people).find(
        ({ user }) => user === userEntityRef,
      )!.groups;
      return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups] };
    },
  }),
});

/** Starts an API server with the chart, and the plugin with the portal's own identity. */
export async function startPortal(): Promise<Portal> {
  const cluster = await startTestCluster();
  await installChart(cluster.client, 'crds', 'templates', 'embedded');
  const repositories = await mkdtemp(join(tmpdir(), 'repositories-'));
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockImplementation(async () => ({
    success: jest.fn(),
    fail: jest.fn(),
  }));
  const backend = await startTestBackend({
    features: [
      bailiwickPlugin,
      userInfo,
      auditor.factory,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://portal.test' },
          bailiwick: {
            kubernetes: {
              kubeconfig: await cluster.identity('bailiwick:portal'),
            },
            git: { directory: repositories },
            gateway: { baseUrl: 'http://gateway.test' },
          },
        },
      }),
      catalogServiceMock.factory({
        entities: [...Object.values(people).map(userEntity), ...groupEntities],
      }),
    ],
  });
  const url = `http://127.0.0.1:${backend.server.port()}/api/bailiwick`;

  const call: Portal['call'] = async (who, method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...signedInAs(who), 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  };
  await eventually('The portal sees the cluster', async () => {
    const { body } = await call('pia', 'GET', '/cluster');
    return body.ready;
  });
  return {
    cluster,
    url,
    repositories,
    auditor,
    call,
    shows: (who, path, name) =>
      eventually(`${name} in ${path}`, async () => {
        const { body } = await call(who, 'GET', path);
        return body.items.find(
          ({ metadata }: KubeObject) => metadata.name === name,
        );
      }),
    async stop() {
      await backend.stop();
      await cluster.stop();
      await rm(repositories, { recursive: true, force: true });
    },
  };
}
