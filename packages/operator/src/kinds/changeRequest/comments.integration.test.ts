import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { eventually } from '@bailiwick/backstage-testing';
import { plan, request, tenant } from '@bailiwick/backstage-testing/objects';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

type Comment = NonNullable<
  NonNullable<ChangeRequest['status']>['comments']
>[number];

const at = '2026-11-20T12:00:00Z';
const groups: Record<string, string[]> = {
  rita: ['group:default/rates'],
  petra: [platformGroup],
  lena: ['group:default/leads'],
  vera: [],
  eve: ['group:default/others'],
};
const by = (name: string, more: Partial<Comment> = {}): Comment => ({
  by: `user:default/${name}`,
  at,
  text: `Says ${name}.`,
  ...more,
});

integration('comments on a request, on a real API server', () => {
  let world: World;
  let count = 0;
  const person = (name: string): KubeClient =>
    world.as(`user:default/${name}`, ...groups[name]);
  const operator = () =>
    world.admin.as({ user: 'bailiwick:operator', groups: ['system:masters'] });

  /** An open request of Rita with some comments. */
  async function opened(...comments: Comment[]): Promise<string> {
    count += 1;
    const name = `ask-${count}`;
    await resources.requests(person('rita')).create(
      request(name, 'desk', {
        action: 'changePlan',
        proposed: { plan: 'small' },
      }),
    );
    await resources
      .requests(operator())
      .patchStatus(name, { phase: 'Open', plan: 'small', comments });
    return name;
  }
  const write = (
    who: string,
    name: string,
    comments: Comment[],
    more: object = {},
  ) => resources.requests(person(who)).patchStatus(name, { comments, ...more });

  beforeAll(async () => {
    world = await World.start();
    await resources.plans(world.admin).create(
      plan('small', {
        approval: { rules: [], deciders: ['group:default/leads'] },
      }),
    );
    const desk = tenant('desk');
    await world.giveTenant({
      ...desk,
      spec: {
        ...desk.spec,
        members: [{ subject: 'user:default/vera', role: 'viewer' }],
      },
    });
    await eventually('Lena may decide, and Vera sees apps', async () => {
      const group = 'bailiwick.dev';
      return (
        (await world.may(person('lena'), 'decide', 'plans', {
          group,
          name: 'small',
        })) &&
        world.may(person('vera'), 'get', 'apps', {
          group,
          namespace: 'desk--home',
        })
      );
    });
    await world.stopOperator();
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it.each(['rita', 'petra', 'lena', 'vera'])(
    'accepts one of %s after those of others',
    async who => {
      const first = by('petra', { text: 'Why?' });
      const name = await opened(first);
      const { status } = await write(who, name, [first, by(who)]);
      expect(status).toMatchObject({
        phase: 'Open',
        comments: [first, by(who)],
      });
    },
  );

  it('rejects those of a stranger', async () => {
    await expect(write('eve', await opened(), [by('eve')])).rejects.toThrow(
      'Only the requester, approvers and members of the tenant can comment',
    );
  });

  it("rejects those in another person's name", async () => {
    await expect(write('vera', await opened(), [by('petra')])).rejects.toThrow(
      'by must be user:default/vera',
    );
  });

  it.each<[string, (two: Comment[]) => Comment[]]>([
    ['edits', ([one, two]) => [{ ...one, text: 'Else.' }, two, by('vera')]],
    [
      'edits without adding to',
      ([one, two]) => [
        { ...one, at },
        { ...two, text: 'Else.' },
      ],
    ],
    ['deletes', ([one]) => [one]],
    ['replaces', ([one]) => [one, by('vera')]],
    ['reorders', ([one, two]) => [two, one, by('vera')]],
    ['adds two to', ([one, two]) => [one, two, by('vera'), by('vera')]],
    ['deletes all of', () => []],
  ])('rejects changes by people who %s them', async (_, change) => {
    const two = [by('petra'), by('rita')];
    await expect(
      write('vera', await opened(...two), change(two)),
    ).rejects.toThrow(
      /Comments can only be added|You can only decide, withdraw or comment on a pending request/,
    );
  });

  it('lets only approvers request changes', async () => {
    const changes = { requestsChanges: true };
    for (const who of ['rita', 'vera'])
      await expect(
        write(who, await opened(), [by(who, changes)]),
      ).rejects.toThrow('Only approvers can request changes');
    for (const who of ['petra', 'lena']) {
      const comments = [by(who, changes)];
      const { status } = await write(who, await opened(), comments);
      expect(status).toMatchObject({ phase: 'Open', comments });
    }
  });

  it('refuses to change comments together with a decision or a withdrawal', async () => {
    const verdict = {
      verdict: 'approve',
      by: 'user:default/petra',
      reason: 'Fine.',
      at,
    };
    const one = by('rita');
    await expect(
      write('petra', await opened(one), [], { verdict }),
    ).rejects.toThrow('Comments can only be added');
    await expect(
      write('petra', await opened(one), [one, by('petra')], { verdict }),
    ).rejects.toThrow('Comments can only be added');
    await expect(
      write('rita', await opened(by('petra')), [], { phase: 'Withdrawn' }),
    ).rejects.toThrow('Comments can only be added');
  });

  it('refuses comments on a decided request', async () => {
    const name = await opened();
    await resources.requests(operator()).patchStatus(name, { phase: 'Denied' });
    await expect(write('rita', name, [by('rita')])).rejects.toThrow(
      'The request is no longer pending',
    );
  });

  it('bounds number and length', async () => {
    const full = Array.from({ length: 49 }, () => by('petra'));
    const name = await opened(...full);
    const last = by('rita', { text: 'x'.repeat(1_000) });
    await expect(
      write('rita', name, [...full, { ...last, text: `${last.text}x` }]),
    ).rejects.toThrow(/1000/);
    await write('rita', name, [...full, last]);
    await expect(
      write('rita', name, [...full, last, by('rita')]),
    ).rejects.toThrow(/50/);
    const own = Array.from({ length: 20 }, () => by('vera'));
    await expect(
      write('vera', await opened(...own), [...own, by('vera')]),
    ).rejects.toThrow('You have written 20 comments');
  });
});
