import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { findCondition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  bundle,
  plan,
  request,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { approveAll, RequestSteps } from '../../__testUtils__/RequestSteps';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const home = 'desk--home';
const words =
  'Tenant desk is cordoned by the platform team and read-only: An incident.';

integration('a cordon on a real API server', () => {
  let world: World;
  let steps: RequestSteps;
  let bea: KubeClient;
  let rita: KubeClient;
  const apps = (client: KubeClient) => resources.apps(client);
  const label = (client: KubeClient, title: string, dryRun = false) =>
    apps(client).patch(
      'prices',
      { spec: { title } },
      { namespace: home, dryRun },
    );
  const ask = (client: KubeClient, ...asked: Parameters<typeof request>) =>
    resources.requests(client).create(request(...asked));

  beforeAll(async () => {
    world = await World.start();
    steps = new RequestSteps(world);
    bea = world.as('user:default/bea');
    rita = world.as('user:default/rita', 'group:default/rates');
    await resources
      .plans(world.admin)
      .create(plan('small', { approval: approveAll }));
    await world.giveTenant(
      tenant('desk', { expiresAt: '2098-01-01T00:00:00Z' }),
    );
    await world.giveTenant(tenant('other'));
    await apps(bea).create(app('prices', home));
    await steps.change('cordon', { reason: 'An incident.' });
    await eventually('The cordon holds', () =>
      label(bea, 'x', true).then(
        () => false,
        (error: Error) => error.message.includes(words),
      ),
    );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('is shown with reason, requester and time', async () => {
    const read = () => resources.tenants(world.admin).get('desk');
    expect((await read()).spec.cordon).toMatchObject({
      reason: 'An incident.',
      by: 'user:default/petra',
    });
    // The policy holds before the status says so.
    await eventually('The tenant is shown as cordoned', async () =>
      findCondition((await read()).status, 'Ready')?.message?.includes(
        'cordoned: An incident.',
      ),
    );
  });

  it.each(['bea', 'rita'] as const)(
    'isolation/59 lets %s read and not write, with the reason',
    async who => {
      const client = who === 'bea' ? bea : rita;
      await apps(client).get('prices', { namespace: home });
      await expect(label(client, 'Mine')).rejects.toThrow(words);
      await expect(apps(client).create(app('more', home))).rejects.toThrow(
        words,
      );
      await expect(
        apps(client).delete('prices', { namespace: home }),
      ).rejects.toThrow(words);
      await expect(
        client
          .resource(coreKinds.configMaps)
          .create(bundle('prices', home, '3f9c1e2', 'code')),
      ).rejects.toThrow(words);
    },
  );

  it('closes terminals to members, and not to the platform team', async () => {
    const namespace = 'desk--dev';
    const may = (person: KubeClient) =>
      world.may(person, 'create', 'pods/exec', { namespace });
    await eventually('Terminals are closed', async () => !(await may(rita)));
    expect(await may(bea)).toBe(false);
    const pia = world.as('user:default/pia', 'group:default/platform');
    expect(await may(pia)).toBe(true);
  });

  it('lets owners request only a renewal', async () => {
    await expect(
      ask(rita, 'more-members', 'desk', {
        action: 'setMembers',
        proposed: { members: [] },
      }),
    ).rejects.toThrow(
      'Tenant desk is cordoned by the platform team, and only its renewal can be requested: An incident.',
    );
    await ask(rita, 'longer', 'desk', {
      action: 'renew',
      proposed: { expiresAt: '2099-01-01T00:00:00Z' },
    });
    const { status } = await steps.settled('longer', 'Applied', 'Failed');
    expect(status?.phase).toBe('Applied');
  });

  it('leaves other tenants alone', async () => {
    await apps(bea).create(app('prices', 'other--home'));
    await ask(rita, 'others', 'other', {
      action: 'setMembers',
      proposed: { members: tenant('x').spec.members.slice(0, 1) },
    });
    const { status } = await steps.settled('others', 'Applied', 'Failed');
    expect(status?.phase).toBe('Applied');
  });

  it('ends when it is removed', async () => {
    const { status } = await steps.change('uncordon', {});
    expect(status?.before).toEqual({ reason: 'An incident.' });
    await eventually('Bea writes again', () => label(bea, 'Mine again'));
    await eventually('Terminals are open', () =>
      world.may(bea, 'create', 'pods/exec', { namespace: 'desk--dev' }),
    );
    const { metadata } = await world.admin
      .resource(coreKinds.namespaces)
      .get(home);
    expect(metadata.labels).not.toHaveProperty('bailiwick.dev/cordoned');
    expect(metadata.annotations).not.toHaveProperty(
      'bailiwick.dev/cordon-reason',
    );
    await ask(rita, 'after', 'desk', {
      action: 'setMembers',
      proposed: { members: [] },
    });
  });
});
