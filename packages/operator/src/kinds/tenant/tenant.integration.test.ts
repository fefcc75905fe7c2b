import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  findCondition,
  tenantKind,
  validate,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { setTimeout as pause } from 'node:timers/promises';
import { plan, tenant } from '@bailiwick/backstage-testing/objects';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const slow = 60;
jest.setTimeout(90_000);

integration('tenants on a real API server', () => {
  let world: World;
  const tenants = () => resources.tenants(world.admin);
  const namespaces = () => world.admin.resource(coreKinds.namespaces);

  beforeAll(async () => {
    world = await World.start();
    await resources.plans(world.admin).create(plan('small'));
    await world.giveTenant(tenant('rates-desk'));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('creates a closed, limited and restricted namespace per environment', async () => {
    const namespace = 'rates-desk--dev';
    const { metadata } = await namespaces().get(namespace);
    expect(metadata.labels).toMatchObject({
      'bailiwick.dev/tenant': 'rates-desk',
      'bailiwick.dev/environment': 'dev',
      'app.kubernetes.io/managed-by': 'bailiwick',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
    const quota = await world.admin
      .resource(coreKinds.resourceQuotas)
      .get('bailiwick', { namespace });
    expect(quota.status?.hard).toMatchObject({
      'requests.cpu': '2',
      'requests.memory': '4Gi',
      'count/deployments.apps': '5',
      pods: '20',
      'services.nodeports': '0',
    });
    const limits = await world.admin
      .resource(coreKinds.limitRanges)
      .list({ namespace });
    expect(limits[0]).toMatchObject({
      spec: {
        limits: [
          { max: { cpu: '1', memory: '2Gi' }, defaultRequest: { cpu: '100m' } },
        ],
      },
    });
    const policies = await world.admin
      .resource(coreKinds.networkPolicies)
      .list({ namespace });
    expect(byName(policies)['bailiwick.default-deny']).toMatchObject({
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  });

  it('limits the objects of the home namespace', async () => {
    const quota = await world.admin
      .resource(coreKinds.resourceQuotas)
      .get('bailiwick', { namespace: 'rates-desk--home' });
    expect(quota.status?.hard).toMatchObject({
      'count/apps.bailiwick.dev': '5',
      pods: '0',
    });
  });

  it('reports usage and limits of each environment', async () => {
    const { status } = await tenants().get('rates-desk');
    expect(findCondition(status, 'Ready')).toMatchObject({
      status: 'True',
      message: '2 of 2 environments ready',
    });
    expect(status?.environments).toEqual(
      ['dev', 'prod'].map(name => ({
        name,
        namespace: `rates-desk--${name}`,
        ready: true,
        used: { cpu: '0', memory: '0', storage: '0', pods: 0, apps: 0 },
        limit: { cpu: '2', memory: '4Gi', storage: '20Gi', pods: 20, apps: 5 },
      })),
    );
  });

  it('opens terminals to builders and owners where nothing is protected, and to the platform team', async () => {
    const places = ['home', 'dev', 'prod'].map(name => `rates-desk--${name}`);
    const open = async (user: string, ...groups: string[]) => {
      const person = world.as(`user:default/${user}`, ...groups);
      const found = places.map(async namespace =>
        Promise.all(
          ['exec', 'portforward'].map(what =>
            world.may(person, 'create', `pods/${what}`, { namespace }),
          ),
        ),
      );
      return (await Promise.all(found)).map(both => both.join());
    };
    const [yes, no] = ['true,true', 'false,false'];
    expect(await open('rita', 'group:default/rates')).toEqual([no, yes, no]);
    expect(await open('bea')).toEqual([no, yes, no]);
    expect(await open('pia', 'group:default/platform')).toEqual([no, yes, yes]);
    expect(await open('tom')).toEqual([no, no, no]);
    expect(await open('eve')).toEqual([no, no, no]);
  });

  it('grants people the rights of their role, and none in other tenants', async () => {
    await world.giveTenant(
      tenant('fx-desk', { owners: ['group:default/fx'], members: [] }),
    );
    const rita = world.as('user:default/rita', 'group:default/rates');
    const bea = world.as('user:default/bea');
    const tom = world.as('user:default/tom');
    const home = { namespace: 'rates-desk--home', group: 'bailiwick.dev' };
    const dev = { namespace: 'rates-desk--dev' };
    const may = world.may.bind(world);

    expect(await may(rita, 'create', 'apps', home)).toBe(true);
    expect(await may(bea, 'create', 'apps', home)).toBe(true);
    expect(await may(tom, 'create', 'apps', home)).toBe(false);
    expect(await may(tom, 'get', 'apps', home)).toBe(true);
    expect(await may(tom, 'get', 'pods/log', dev)).toBe(true);
    expect(
      await may(tom, 'get', 'tenants', {
        group: 'bailiwick.dev',
        name: 'rates-desk',
      }),
    ).toBe(true);
    for (const person of [rita, bea, tom]) {
      expect(await may(person, 'get', 'secrets', dev)).toBe(false);
      expect(await may(person, 'patch', 'resourcequotas', dev)).toBe(false);
      expect(
        await may(person, 'create', 'rolebindings', {
          ...dev,
          group: 'rbac.authorization.k8s.io',
        }),
      ).toBe(false);
      expect(await may(person, 'impersonate', 'users')).toBe(false);
      expect(
        await may(person, 'get', 'apps', {
          ...home,
          namespace: 'fx-desk--home',
        }),
      ).toBe(false);
      expect(
        await may(person, 'get', 'pods', { namespace: 'fx-desk--dev' }),
      ).toBe(false);
      expect(
        await may(person, 'get', 'tenants', {
          group: 'bailiwick.dev',
          name: 'fx-desk',
        }),
      ).toBe(false);
      expect(
        await may(person, 'patch', 'tenants', {
          group: 'bailiwick.dev',
          name: 'rates-desk',
        }),
      ).toBe(false);
    }
  });

  it('keeps people from writing into environments', async () => {
    const rita = world.as('user:default/rita', 'group:default/rates');
    const configMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'mine', namespace: 'rates-desk--prod' },
    };
    await expect(
      rita.resource(coreKinds.configMaps).create(configMap),
    ).rejects.toThrow('is an environment, where only the operator can write');
  });

  it('reverts changes of its fields, and keeps fields of others', async () => {
    const quotas = world.admin.resource(coreKinds.resourceQuotas);
    const namespace = 'rates-desk--dev';
    await quotas.patch(
      'bailiwick',
      { spec: { hard: { pods: '999' } } },
      { namespace },
    );
    await quotas.patch(
      'bailiwick',
      { metadata: { labels: { theirs: 'yes' } } },
      { namespace },
    );
    await world.admin
      .resource(coreKinds.networkPolicies)
      .delete('bailiwick.default-deny', { namespace });
    const quota = await eventually('The old limit', async () => {
      const found = await quotas.get('bailiwick', { namespace });
      return found.spec?.hard?.pods === '20' ? found : undefined;
    });
    expect(quota.metadata.labels?.theirs).toBe('yes');
    await eventually('The policy', () =>
      find(
        world.admin.resource(coreKinds.networkPolicies),
        'bailiwick.default-deny',
        namespace,
      ),
    );
  });

  it('revokes the role of a removed member', async () => {
    const tom = world.as('user:default/tom');
    const reach = { namespace: 'rates-desk--dev' };
    await tenants().patch('rates-desk', {
      spec: { members: [{ subject: 'user:default/bea', role: 'builder' }] },
    });
    await eventually(
      'Tom is out',
      async () => !(await world.may(tom, 'get', 'pods', reach)),
    );
    expect(
      await world.may(world.as('user:default/bea'), 'get', 'pods', reach),
    ).toBe(true);
  });

  it('follows a plan that changes', async () => {
    const perEnvironment = { ...plan('small').spec.perEnvironment, pods: 30 };
    await resources
      .plans(world.admin)
      .patch('small', { spec: { perEnvironment } });
    const limits = await eventually('The new limit', async () => {
      const { status } = await tenants().get('rates-desk');
      const pods = status?.environments?.map(({ limit }) => limit?.pods);
      return pods?.includes(30) && !pods.includes(20) ? pods : undefined;
    });
    expect(limits).toEqual([30, 30]);
  });

  it('keeps the namespace of a protected environment, and deletes that of another', async () => {
    await tenants().patch('rates-desk', {
      spec: { environments: [{ name: 'test', cluster: 'local' }] },
    });
    const blocked = await eventually('A blocked removal', async () => {
      const { status } = await tenants().get('rates-desk');
      const condition = findCondition(status, 'NamespacesReady');
      return condition?.reason === 'EnvironmentProtected'
        ? condition
        : undefined;
    });
    expect(blocked.message).toContain('The environment prod is protected');
    await eventually(
      'dev is gone',
      async () => !(await find(namespaces(), 'rates-desk--dev')),
    );
    expect(
      (await namespaces().get('rates-desk--prod')).metadata.deletionTimestamp,
    ).toBeUndefined();
  });

  it.each(['a--b', 'default', 'kube-x', 'Upper', '9lives', 'x'.repeat(41)])(
    'is refused under the name "%s" with the words of the kind',
    async name => {
      const object = tenant(name);
      const words = validate(tenantKind, object);
      const refusal = await tenants()
        .create(object)
        .then(
          () => '',
          (error: Error) => error.message,
        );
      expect(words).not.toEqual([]);
      expect(
        words.filter(word => refusal.includes(word)).length > 0 ||
          /RFC 1123/.test(refusal),
      ).toBe(true);
    },
  );

  it('cannot be deleted while it is protected', async () => {
    await tenants().patch('fx-desk', { spec: { deletionProtection: true } });
    await expect(tenants().delete('fx-desk')).rejects.toThrow(
      'The tenant fx-desk is protected from deletion',
    );
  });

  it('writes nothing when nothing changes, not even after a restart', async () => {
    await world.untilQuiet(10_000);
    await world.stopOperator();
    world.startOperator();
    await pause(4000);
    expect(world.operatorWrites).toEqual([]);
  });

  it('leaves nothing behind when it is deleted', async () => {
    await tenants().patch('fx-desk', { spec: { deletionProtection: false } });
    await tenants().delete('fx-desk');
    await eventually(
      'The tenant is gone',
      async () => !(await find(tenants(), 'fx-desk')),
      slow,
    );
    const left = await Promise.all(
      [
        coreKinds.namespaces,
        coreKinds.clusterRoles,
        coreKinds.clusterRoleBindings,
      ].map(type =>
        world.admin
          .resource<KubeObject>(type)
          .list({ labelSelector: 'bailiwick.dev/tenant=fx-desk' }),
      ),
    );
    expect(left.flat()).toEqual([]);
  });
});

function byName(objects: KubeObject[]): Record<string, KubeObject> {
  return Object.fromEntries(
    objects.map(object => [object.metadata.name, object]),
  );
}
