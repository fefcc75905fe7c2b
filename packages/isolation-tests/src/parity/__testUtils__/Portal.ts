import {
  coreServices,
  createServiceFactory,
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  kubernetesObjectsProviderExtensionPoint,
  kubernetesRouterExtensionPoint,
  type KubernetesObjectsProvider,
  type KubernetesObjectsProviderFactory,
} from '@backstage/plugin-kubernetes-node';
import {
  scaffolderActionsExtensionPoint,
  type TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import type {
  PermissionPolicy,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import bailiwickPlugin from '@bailiwick/backstage-plugin-bailiwick-backend';
import kubernetesModule from '@bailiwick/backstage-plugin-kubernetes-backend-module-bailiwick';
import permissionModule from '@bailiwick/backstage-plugin-permission-backend-module-bailiwick';
import scaffolderModule from '@bailiwick/backstage-plugin-scaffolder-backend-module-bailiwick';
import { keyOf, type KubeObject } from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estate } from '@bailiwick/backstage-testing/world';

/** A person who signs in: their reference, and those of their groups. */
export interface Persona {
  user: string;
  groups: string[];
}

/**
 * The portal before the API server of an estate: its routes with the real policy, the actions of
 * templates, and the Kubernetes tab.
 */
export class Portal {
  readonly #url: string;
  readonly #folder: string;
  readonly #stop: () => Promise<void>;
  readonly #actions: TemplateAction<any, any>[];
  readonly #tab: KubernetesObjectsProvider;

  private constructor(options: {
    url: string;
    folder: string;
    stop: () => Promise<void>;
    actions: TemplateAction<any, any>[];
    tab: KubernetesObjectsProvider;
  }) {
    this.#url = options.url;
    this.#folder = options.folder;
    this.#stop = options.stop;
    this.#actions = options.actions;
    this.#tab = options.tab;
  }

  /** @param people - people who sign in; their groups are read for each call, as from a new token */
  static async start(
    estate: Estate,
    people: readonly Persona[],
    components: { tenant: string; name: string }[] = [],
  ): Promise<Portal> {
    const folder = await mkdtemp(join(tmpdir(), 'parity-'));
    const actions: TemplateAction<any, any>[] = [];
    let tab: KubernetesObjectsProvider | undefined;
    let policy: PermissionPolicy | undefined;
    const backend = await startTestBackend({
      extensionPoints: [
        [
          scaffolderActionsExtensionPoint,
          {
            addActions: (...more: TemplateAction<any, any>[]) =>
              actions.push(...more),
          },
        ],
        [
          policyExtensionPoint,
          {
            setPolicy(given: PermissionPolicy) {
              policy = given;
            },
          },
        ],
        [kubernetesRouterExtensionPoint, { addRouter() {} }],
        [
          kubernetesObjectsProviderExtensionPoint,
          {
            async addObjectsProvider(create: KubernetesObjectsProviderFactory) {
              tab = await create({
                getDefault: async () => undefined,
              } as never);
            },
          },
        ],
      ],
      features: [
        bailiwickPlugin,
        scaffolderModule,
        kubernetesModule,
        permissionModule,
        permissionsOf(people, () => policy),
        userInfoOf(people),
        catalogOf(people, components),
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal.test' },
            backend: {
              baseUrl: 'http://portal.test',
              database: { client: 'better-sqlite3', connection: ':memory:' },
            },
            bailiwick: {
              kubernetes: {
                kubeconfig: await estate.cluster.identity('bailiwick:portal'),
              },
              git: { directory: join(folder, 'git') },
              gateway: { baseUrl: 'http://gateway.test' },
            },
          },
        }),
      ],
    });
    const portal = new Portal({
      url: `http://127.0.0.1:${backend.server.port()}/api/bailiwick`,
      folder,
      stop: () => backend.stop(),
      actions,
      tab: tab!,
    });
    await eventually('The portal sees the cluster', async () => {
      const { body } = await portal.call(people[0], 'GET', '/cluster');
      return body.ready;
    });
    return portal;
  }

  /** Calls a route as a person. */
  async call(
    who: Persona,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: any }> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: mockCredentials.user.header(who.user),
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const isJson = response.headers.get('content-type')?.includes('json');
    const text = isJson ? await response.text() : '';
    if (!isJson) await response.body?.cancel();
    return { status: response.status, body: text && JSON.parse(text) };
  }

  /** 200 when a list shows a person an object, named as `<namespace>/<name>` or by its name, else 404. */
  async sees(who: Persona, path: string, key: string): Promise<number> {
    const { body, status } = await this.call(who, 'GET', path);
    if (status !== 200) return status;
    return body.items.some((one: KubeObject) => keyOf(one) === key) ? 200 : 404;
  }

  /** Runs an action of a template as a person, in a workspace of one file; returns an HTTP status. */
  async act(
    who: Persona,
    id: string,
    input: object,
    { isDryRun = false } = {},
  ): Promise<number> {
    const action = this.#actions.find(one => one.id === id);
    if (!action) throw new Error(`There is no action "${id}"`);
    const workspacePath = await mkdtemp(join(this.#folder, 'workspace-'));
    await writeFile(join(workspacePath, 'functions.py'), '# prices\n');
    try {
      await action.handler({
        ...createMockActionContext({ workspacePath }),
        workspacePath,
        getInitiatorCredentials: async () => mockCredentials.user(who.user),
        input,
        isDryRun,
      } as never);
      return 200;
    } catch (error) {
      const { status } = error as { status?: number };
      if (status === undefined) throw error;
      return status;
    }
  }

  /** Returns the response of git's HTTP protocol to a token before a clone or a push. */
  async git(
    token: string,
    repository: string,
    service: 'git-upload-pack' | 'git-receive-pack',
  ): Promise<number> {
    const password = Buffer.from(`x:${token}`).toString('base64');
    const response = await fetch(
      `${this.#url}/git/${repository}.git/info/refs?service=${service}`,
      { headers: { authorization: `Basic ${password}` } },
    );
    await response.body?.cancel();
    return response.status;
  }

  /** Returns the objects on the Kubernetes tab of an app that a person can see, by kind. */
  async tab(
    who: Persona,
    tenant: string,
    app: string,
  ): Promise<{ type: string; resources: unknown[] }[]> {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: app,
        annotations: {
          'bailiwick.dev/tenant': tenant,
          'bailiwick.dev/app': app,
        },
      },
    };
    const { items } = await this.#tab.getKubernetesObjectsByEntity(
      { entity, auth: {} },
      { credentials: mockCredentials.user(who.user) },
    );
    return items.flatMap(({ resources }) => resources);
  }

  async stop(): Promise<void> {
    await this.#stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Returns the person of a token. */
function infoOf(people: readonly Persona[], credentials: BackstageCredentials) {
  const { userEntityRef } = credentials.principal as { userEntityRef: string };
  const { groups } = people.find(({ user }) => user === userEntityRef)!;
  return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups] };
}

/** Evaluates the portal's policy directly; test tokens are not valid for Backstage's permission backend. */
function permissionsOf(
  people: readonly Persona[],
  policy: () => PermissionPolicy | undefined,
) {
  const decide: PermissionsService['authorizeConditional'] = async (
    queries,
    { credentials },
  ) => {
    const user = { credentials, info: infoOf(people, credentials) };
    return Promise.all(
      queries.map(query => policy()!.handle(query, user as PolicyQueryUser)),
    );
  };
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({
      authorizeConditional: decide,
      // Of permissions about nothing in particular, which are given or not.
      authorize: decide as unknown as PermissionsService['authorize'],
    }),
  });
}

function userInfoOf(people: readonly Persona[]) {
  return createServiceFactory({
    service: coreServices.userInfo,
    deps: {},
    factory: () => ({
      getUserInfo: async credentials => infoOf(people, credentials),
    }),
  });
}

function catalogOf(
  people: readonly Persona[],
  components: { tenant: string; name: string }[],
) {
  const apiVersion = 'backstage.io/v1alpha1';
  const nameOf = (reference: string) => reference.split('/')[1];
  const groups = new Set(people.flatMap(person => person.groups));
  return catalogServiceMock.factory({
    entities: [
      ...people.map(person => ({
        apiVersion,
        kind: 'User',
        metadata: { name: nameOf(person.user), namespace: 'default' },
        spec: { memberOf: [] },
        relations: person.groups.map(targetRef => ({
          type: 'memberOf',
          targetRef,
        })),
      })),
      ...[...groups].map(group => ({
        apiVersion,
        kind: 'Group',
        metadata: { name: nameOf(group), namespace: 'default' },
        spec: { type: 'team', children: [] },
      })),
      ...components.map(({ name, tenant }) => ({
        apiVersion,
        kind: 'Component',
        metadata: { name, namespace: tenant },
        spec: { type: 'service', lifecycle: 'production', owner: 'nobody' },
      })),
    ],
  });
}
