import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
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
  readonly url: string;
  /** Folder of the git host. */
  repositories: string;
  auditor: ReturnType<typeof mockServices.auditor.mock>;
  /** Everything that was logged. */
  log: string[];
  /** Calls a route as a person; objects are sent as JSON. */
  call(
    who: Name,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: any }>;
  /** Starts the portal again, on the same database, after something happened without it. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
  /** Fulfilled when the portal shows an object of the API server to a person. */
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

/** Keeps log lines with stack traces. */
function recorderInto(lines: string[]) {
  const write = (message: string, meta?: unknown) => {
    lines.push(inspect([message, meta], { depth: 8 }));
  };
  const logger: RootLoggerService = {
    error: write,
    warn: write,
    info: write,
    debug: write,
    child: () => logger,
  };
  return createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => logger,
  });
}

/**
 * Starts an API server with the chart, and the plugin with the portal's own identity.
 *
 * @param features - other plugins of the same backend
 * @param entities - entities of the catalog besides people and groups
 * @param gateway - addresses of the gateways
 * @param config - settings besides those of the portal itself
 */
export async function startPortal({
  config = {},
  entities = [],
  features = [],
  gateway = { baseUrl: 'http://gateway.test' },
}: {
  config?: JsonObject;
  entities?: Entity[];
  features?: BackendFeature[];
  gateway?: { baseUrl: string; metricsUrl?: string };
} = {}): Promise<Portal> {
  const cluster = await startTestCluster({
    chartFolders: ['crds', 'templates', 'embedded'],
  });
  const directory = await mkdtemp(join(tmpdir(), 'portal-'));
  const repositories = join(directory, 'git');
  const auditor = mockServices.auditor.mock();
  const log: string[] = [];
  auditor.createEvent.mockImplementation(async () => ({
    success: jest.fn(),
    fail: jest.fn(),
  }));
  const kubeconfig = await cluster.identity('bailiwick:portal');
  const data = {
    ...config,
    app: { baseUrl: 'http://portal.test' },
    backend: {
      baseUrl: 'http://portal.test',
      actions: { pluginSources: ['bailiwick'] },
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(directory, 'database') },
      },
    },
    bailiwick: {
      ...(config.bailiwick as JsonObject | undefined),
      kubernetes: { kubeconfig },
      git: {
        ...(Object(config.bailiwick).git as JsonObject | undefined),
        directory: repositories,
      },
      gateway,
      // Tests send many requests as one person; a refusal for their number would hide every other answer.
      rateLimit: { requests: 1_000_000 },
    },
  };
  const startBackend = () =>
    startTestBackend({
      features: [
        bailiwickPlugin,
        userInfo,
        auditor.factory,
        recorderInto(log),
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
        mockServices.rootConfig.factory({ data }),
        catalogServiceMock.factory({
          entities: [
            ...Object.values(people).map(userEntity),
            ...groupEntities,
            ...entities,
          ],
        }),
        ...features,
      ],
    });
  let backend = await startBackend();
  const addressOf = () =>
    `http://127.0.0.1:${backend.server.port()}/api/bailiwick`;

  const call: Portal['call'] = async (who, method, path, body) => {
    const response = await fetch(`${addressOf()}${path}`, {
      method,
      headers: { ...signedInAs(who), 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  };
  const untilReady = () =>
    eventually('The portal sees the cluster', async () => {
      const { body } = await call('pia', 'GET', '/cluster');
      return body.ready;
    });
  await untilReady();
  return {
    cluster,
    get url() {
      return addressOf();
    },
    repositories,
    auditor,
    log,
    call,
    shows: (who, path, name) =>
      eventually(`${name} in ${path}`, async () => {
        const { body } = await call(who, 'GET', path);
        return body.items.find(
          ({ metadata }: KubeObject) => metadata.name === name,
        );
      }),
    async restart(meanwhile) {
      await backend.stop();
      await meanwhile?.();
      backend = await startBackend();
      await untilReady();
    },
    async stop() {
      await backend.stop();
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
