import { createHash } from 'node:crypto';
import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  findCondition,
  grantKind,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { plan, tenant, inDays } from '@bailiwick/backstage-testing/objects';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const slow = 60;
jest.setTimeout(90_000);

integration('foreign objects, on a real API server', () => {
  let world: World;
  const tenants = () => resources.tenants(world.admin);
  const namespaces = () => world.admin.resource(coreKinds.namespaces);

  beforeAll(async () => {
    world = await World.start();
    await resources.plans(world.admin).create(plan('small'));
    await world.giveTenant(tenant('rates-desk'));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('is granted by owners to anyone, and by people to themselves; git tokens only to themselves', async () => {
    const namespace = 'rates-desk--home';
    const grant = (
      name: string,
      subject: string,
      client: Grant['spec']['client'] = 'api',
      membership?: string,
    ): Grant => ({
      apiVersion: grantKind.apiVersion,
      kind: grantKind.kind,
      metadata: { name, namespace },
      spec: {
        app: 'prices',
        ...(client !== 'git' && { environment: 'dev' }),
        subject,
        ...(membership && { membership }),
        client,
        expiresAt: inDays(90),
        // A token belongs to one grant.
        tokenHash: `sha256:${createHash('sha256').update(name).digest('hex')}`,
      },
    });
    const grants = (user: string, ...groups: string[]) =>
      world.as(user, ...groups).resource<Grant>(grantKind);
    const bea = grants('user:default/bea');
    const rita = grants('user:default/rita', 'group:default/rates');
    await expect(
      bea.create(grant('for-eve', 'user:default/eve')),
    ).rejects.toThrow('You can grant access only to yourself');
    await bea.create(
      grant('for-bea', 'user:default/bea', 'api', 'user:default/bea'),
    );
    await rita.create(grant('for-eve', 'user:default/eve'));
    await expect(bea.delete('for-eve', { namespace })).rejects.toThrow(
      'You can grant access only to yourself',
    );
    // A git token writes in the name of its subject.
    await expect(
      rita.create(grant('git-of-eve', 'user:default/eve', 'git')),
    ).rejects.toThrow('You can create a git token only for yourself');
    await rita.create(
      grant('git-of-rita', 'user:default/rita', 'git', 'group:default/rates'),
    );
    await bea.create(
      grant('git-of-bea', 'user:default/bea', 'git', 'user:default/bea'),
    );
    await expect(
      rita.patch(
        'git-of-bea',
        { spec: { expiresAt: inDays(180) } },
        { namespace },
      ),
    ).rejects.toThrow('You can create a git token only for yourself');
    await rita.delete('git-of-bea', { namespace });
  });

  it('is granted to oneself only as the member that one is', async () => {
    const namespace = 'rates-desk--home';
    const grant = (name: string, subject: string, membership?: string) => ({
      apiVersion: grantKind.apiVersion,
      kind: grantKind.kind,
      metadata: { name, namespace },
      spec: {
        app: 'prices',
        environment: 'dev',
        client: 'api' as const,
        subject,
        ...(membership && { membership }),
        expiresAt: inDays(90),
        // One for each grant.
        tokenHash: `sha256:${name.repeat(64)}`,
      },
    });
    const bea = world.as('user:default/bea').resource<Grant>(grantKind);
    const rita = world
      .as('user:default/rita', 'group:default/rates')
      .resource<Grant>(grantKind);
    const own = 'Your own grant needs your membership';
    await expect(bea.create(grant('a', 'user:default/bea'))).rejects.toThrow(
      own,
    );
    await expect(
      bea.create(grant('a', 'user:default/bea', 'group:default/rates')),
    ).rejects.toThrow(own);
    await expect(rita.create(grant('a', 'user:default/rita'))).rejects.toThrow(
      own,
    );
    await expect(
      rita.create(grant('a', 'user:default/eve', 'group:default/rates')),
    ).rejects.toThrow('A grant for another person has no membership');
    await bea.create(grant('a', 'user:default/bea', 'user:default/bea'));
    await rita.patch('a', { spec: { expiresAt: inDays(180) } }, { namespace });
    const unbound = { spec: { membership: null } };
    await expect(bea.patch('a', unbound, { namespace })).rejects.toThrow(
      'cannot patch',
    );
    await rita.create(grant('b', 'user:default/rita', 'group:default/rates'));
    await expect(rita.patch('b', unbound, { namespace })).rejects.toThrow(own);
  });

  it('is never taken over, when it is a namespace', async () => {
    const foreign = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'taken--dev' },
    };
    await namespaces().create(foreign);
    await tenants().create(tenant('taken'));
    const condition = await eventually('The conflict', async () => {
      const { status } = await tenants().get('taken');
      const found = findCondition(status, 'NamespacesReady');
      return found?.reason === 'NameConflict' ? found : undefined;
    });
    expect(condition.message).toContain(
      'The Namespace taken--dev already exists',
    );
    const event = await eventually('Its event', async () => {
      const events = await world.admin
        .resource(coreKinds.events)
        .list({ namespace: 'default' });
      return events.find(
        ({ involvedObject }) =>
          involvedObject?.kind === 'Tenant' && involvedObject.name === 'taken',
      );
    });
    expect(event).toMatchObject({
      type: 'Warning',
      reason: 'NameConflict',
      message: condition.message,
    });
    const { metadata } = await namespaces().get('taken--dev');
    expect(metadata.labels).not.toHaveProperty('bailiwick.dev/tenant');
    expect(
      await world.admin
        .resource(coreKinds.roleBindings)
        .list({ namespace: 'taken--dev' }),
    ).toEqual([]);
    await tenants().delete('taken');
    await eventually(
      'The tenant is gone',
      async () => !(await find(tenants(), 'taken')),
      slow,
    );
    expect(
      (await namespaces().get('taken--dev')).metadata.deletionTimestamp,
    ).toBeUndefined();
  });

  it('survives the deletion of a tenant whose labels it has', async () => {
    const foreign = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'somebody-else',
        labels: {
          'bailiwick.dev/tenant': 'passing',
          'bailiwick.dev/environment': 'gone',
          'app.kubernetes.io/managed-by': 'bailiwick',
        },
      },
    };
    await namespaces().create(foreign);
    await world.giveTenant(tenant('passing'));
    await tenants().delete('passing');
    await eventually(
      'The tenant is gone',
      async () => !(await find(tenants(), 'passing')),
      slow,
    );
    expect(
      (await namespaces().get('somebody-else')).metadata.deletionTimestamp,
    ).toBeUndefined();
  });
});
