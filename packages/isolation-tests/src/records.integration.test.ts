import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  release,
  request,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { Estate } from '@bailiwick/backstage-testing/world';
import { attempt, creation, mergePatch } from './__testUtils__/Verdicts';
import { aGrant, user } from './__testUtils__/written';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const group = '/apis/bailiwick.dev/v1alpha1';
const home = '/namespaces/alpha--home';

/** A grant that a builder creates for herself. */
const ownGrant = (name: string, digit: string) => ({
  ...aGrant({ tokenHash: `sha256:${digit.repeat(64)}` }),
  metadata: { name, namespace: 'alpha--home' },
});

integration('records about people', () => {
  let estate: Estate;
  let builder: KubeClient;

  beforeAll(async () => {
    estate = await Estate.start();
    builder = estate.member('alpha', 'builder');
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  it('isolation/68 keeps or removes an owner that an earlier version accepted, and does not redirect it', async () => {
    const fuse = await estate.admin.resource(coreKinds.configMaps).create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'fuse', namespace: 'alpha--home' },
    });
    const owner = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'fuse',
      uid: fuse.metadata.uid,
    };
    const plain = app('owned', 'alpha--home');
    const ownedApp = {
      ...plain,
      metadata: { ...plain.metadata, ownerReferences: [owner] },
    };
    const path = `${group}${home}/apps`;
    await estate.admin.request(creation(path, ownedApp));
    const point = (change: object) =>
      attempt(
        builder,
        mergePatch(`${path}/owned`, {
          metadata: { ownerReferences: [{ ...owner, ...change }] },
        }),
      );
    for (const change of [
      { kind: 'Pod' },
      { name: 'absent' },
      { apiVersion: 'bailiwick.dev/v1alpha1', kind: 'App' },
      { controller: true },
      { uid: '00000000-0000-4000-8000-000000000000' },
    ])
      expect([change, await point(change)]).toEqual([
        change,
        expect.stringMatching(/^4.*remove metadata.ownerReferences/),
      ]);
    expect(await point({})).toBe('allowed');
    expect(
      await attempt(
        builder,
        mergePatch(`${path}/owned`, { spec: { title: 'Owned' } }),
      ),
    ).toBe('allowed');
    expect(
      await attempt(
        builder,
        mergePatch(`${path}/owned`, { metadata: { ownerReferences: null } }),
      ),
    ).toBe('allowed');
  });

  it('isolation/69 binds a token to one grant of a tenant', async () => {
    const path = `${group}${home}/grants`;
    await builder.request(creation(path, ownGrant('prices-first', '1')));
    // The API server learns within half a minute that the kind, with whose objects the policy compares, exists.
    await eventually(
      'The copy is refused',
      async () =>
        /^4.*Another grant already has this token/.test(
          await attempt(builder, creation(path, ownGrant('prices-copy', '1'))),
        ),
      90,
    );
    expect(
      await attempt(builder, creation(path, ownGrant('prices-second', '2'))),
    ).toBe('allowed');
  });

  describe('with the identity of the operator', () => {
    let operator: KubeClient;
    const requests = `${group}/changerequests`;
    const verdict = (by: string) => ({
      by,
      verdict: 'approve',
      reason: 'The plan says so.',
      at: '2026-01-01T00:00:00Z',
    });

    /** Creates a request that a person must decide. */
    const ask = async (name: string): Promise<string> => {
      const path = `${requests}/${name}`;
      const owner = estate.member('alpha', 'owner');
      await owner.request(
        creation(
          requests,
          request(name, name, {
            proposed: { ...tenant(name).spec, owners: ['group:default/alpha'] },
            requestedBy: 'user:default/alpha-owner',
          }),
        ),
      );
      await eventually('The request is open', async () => {
        const { status } = await estate.admin.request<ChangeRequest>({ path });
        return status?.phase === 'Open';
      });
      return path;
    };

    beforeAll(() => {
      operator = estate.person('bailiwick:operator');
    });

    it('isolation/70 neither deletes a request nor makes it depend on another object', async () => {
      const path = await ask('asked');
      expect(await attempt(operator, { method: 'DELETE', path })).toMatch(
        /^4.*The operator cannot delete requests/,
      );
      for (const metadata of [
        { finalizers: ['evil.test/hold'] },
        {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Pod', name: 'absent', uid: 'absent' },
          ],
        },
      ])
        expect(await attempt(operator, mergePatch(path, { metadata }))).toMatch(
          /^4.*but not add them/,
        );
    });

    it.each(['bailiwick-portal', 'bailiwick-system', 'kube-system'])(
      'isolation/70 runs nothing in %s, where accounts of other programs are',
      async namespace => {
        const pod = {
          metadata: { labels: { app: 'stolen' } },
          spec: {
            serviceAccountName: 'portal',
            containers: [{ name: 'main', image: 'absent' }],
          },
        };
        const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
        const deployment = {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'stolen' },
          spec: { selector: { matchLabels: { app: 'stolen' } }, template: pod },
        };
        expect(await attempt(operator, creation(path, deployment))).toMatch(
          /^4.*does not belong to a tenant/,
        );
      },
    );

    it('isolation/70 decides in no one’s name, and carries out nothing undecided', async () => {
      const path = await ask('undecided');
      const write = (status: object) =>
        attempt(operator, mergePatch(`${path}/status`, { status }));
      expect(await write({ verdict: verdict('user:default/pia') })).toMatch(
        /^4.*not in the name of a person/,
      );
      for (const phase of ['Approved', 'Applied'])
        expect(await write({ phase })).toMatch(
          /^4.*The operator can apply only approved requests/,
        );
      const byRule = { ...verdict('rule'), rule: 0 };
      expect(await write({ phase: 'Approved', verdict: byRule })).toBe(
        'allowed',
      );
    });

    it('isolation/70 changes no decision of a person', async () => {
      const path = await ask('decided');
      const pia = estate.person('user:default/pia', 'group:default/platform');
      const denied = { ...verdict('user:default/pia'), verdict: 'deny' };
      await pia.request(
        mergePatch(`${path}/status`, { status: { verdict: denied } }),
      );
      const write = (change: object | null) =>
        attempt(
          operator,
          mergePatch(`${path}/status`, { status: { verdict: change } }),
        );
      for (const change of [
        { by: 'user:default/rita' },
        { verdict: 'approve' },
        { reason: 'Other words.' },
        { rule: 0 },
        null,
      ])
        expect([change, await write(change)]).toEqual([
          change,
          expect.stringMatching(/^4.*not in the name of a person/),
        ]);
      // The clock of a person may be wrong.
      expect(await write({ at: '2026-01-02T00:00:00Z' })).toBe('allowed');
    });

    it('isolation/70 changes no grant and no release', async () => {
      await builder.request(
        creation(`${group}${home}/grants`, ownGrant('prices-own', '7')),
      );
      await builder.request(
        creation(
          `${group}${home}/releases`,
          release('prices-r1', 'alpha--home', { createdBy: user }),
        ),
      );
      const path = `${group}${home}/grants/prices-own`;
      for (const change of [
        { environment: 'prod' },
        { membership: 'group:default/platform' },
        { presets: { symbol: 'AAPL' } },
      ])
        expect([
          change,
          await attempt(operator, mergePatch(path, { spec: change })),
        ]).toEqual([
          change,
          expect.stringMatching(/^4.*cannot change the spec of requests/),
        ]);
      expect(
        await attempt(
          operator,
          mergePatch(path, { metadata: { finalizers: null } }),
        ),
      ).toBe('allowed');
      const forged = mergePatch(`${group}${home}/releases/prices-r1`, {
        spec: { createdBy: 'user:default/rita' },
      });
      expect(await attempt(operator, forged)).toMatch(/^4/);
    });
  });
});
