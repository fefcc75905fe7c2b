import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { inDays, request } from '@bailiwick/backstage-testing/objects';
import { Estate } from '@bailiwick/backstage-testing/world';
import {
  attempt,
  creation,
  forbidden,
  mergePatch,
} from './__testUtils__/Verdicts';
import { aGrant, apps, grants, requests } from './__testUtils__/written';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const sam = 'user:default/sam';
const eve = 'user:default/eve';

const accessRequest = (name: string, requestedBy: string): ChangeRequest =>
  request(name, 'prices', {
    action: 'grantAccess',
    target: { kind: 'App', name: 'prices', namespace: 'alpha--home' },
    proposed: { environment: 'dev', expiresAt: inDays(30) },
    requestedBy,
  });

/** A token of a person's own. */
const ownGrant = (subject: string, changes: object = {}) =>
  creation(grants, aGrant({ subject, membership: subject, ...changes }));

integration('people without membership', () => {
  let estate: Estate;
  let owner: KubeClient;
  let reader: KubeClient;
  let stranger: KubeClient;
  const status = (person: KubeClient, name: string, change: object) =>
    attempt(
      person,
      mergePatch(`${requests}/${name}/status`, { status: change }),
    );
  const verdict = (by: string) => ({
    by,
    verdict: 'approve',
    reason: 'They asked.',
    at: '2026-01-01T00:00:00Z',
  });
  const phaseOf = async (name: string) =>
    (await estate.admin.request<ChangeRequest>({ path: `${requests}/${name}` }))
      .status?.phase;

  beforeAll(async () => {
    estate = await Estate.start();
    owner = estate.member('alpha', 'owner');
    reader = estate.person(sam);
    stranger = estate.person(eve);
    await reader.request(creation(requests, accessRequest('granted', sam)));
    await eventually(
      'It is open',
      async () => (await phaseOf('granted')) === 'Open',
    );
    await owner.request(
      mergePatch(`${requests}/granted/status`, {
        status: { verdict: verdict('user:default/alpha-owner') },
      }),
    );
    await eventually('It is granted', async () => {
      const { status: state } = await estate.admin
        .resource<Tenant>(tenantKind)
        .get('alpha');
      return (
        state?.access?.length === 1 &&
        (await attempt(reader, ownGrant(sam))) === 'allowed'
      );
    });
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  it('isolation/75 create no tokens without access, and with it only their own', async () => {
    expect(await attempt(stranger, ownGrant(eve))).toMatch(forbidden);
    expect(
      await attempt(estate.member('beta', 'owner'), ownGrant(eve)),
    ).toMatch(forbidden);
    expect(await attempt(reader, ownGrant(eve))).toMatch(
      /You can grant access only to yourself/,
    );
    expect(
      await attempt(
        reader,
        ownGrant(sam, { membership: 'group:default/alpha' }),
      ),
    ).toMatch(/your own reference or one of your groups/);
    expect(
      await attempt(reader, ownGrant(sam, { membership: undefined })),
    ).toMatch(/your own reference or one of your groups/);
    await estate.member('alpha', 'builder').request(
      creation(grants, {
        ...aGrant(),
        metadata: { name: 'of-a-member', namespace: 'alpha--home' },
      }),
    );
    expect(
      await attempt(reader, {
        method: 'DELETE',
        path: `${grants}/of-a-member`,
      }),
    ).toMatch(/You can grant access only to yourself/);
  });

  it('isolation/75 see and change nothing else of the tenant', async () => {
    const tenants = '/apis/bailiwick.dev/v1alpha1/tenants/alpha';
    const pods = '/api/v1/namespaces/alpha--dev/pods';
    const configMaps = '/api/v1/namespaces/alpha--home/configmaps';
    for (const path of [
      apps,
      `${apps}/prices`,
      grants,
      `${grants}/of-a-member`,
      tenants,
      pods,
      configMaps,
    ])
      expect([path, await attempt(reader, { path })]).toEqual([
        path,
        expect.stringMatching(forbidden),
      ]);
    for (const change of [
      mergePatch(`${apps}/prices`, { spec: { title: 'Mine' } }),
      mergePatch(`${grants}/of-a-member`, { spec: { expiresAt: inDays(2) } }),
      mergePatch(`${tenants}/status`, { status: { access: [] } }),
      creation(
        '/apis/rbac.authorization.k8s.io/v1/namespaces/alpha--home/rolebindings',
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: { name: 'mine' },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: 'bailiwick:tenant-reader',
          },
          subjects: [],
        },
      ),
    ])
      expect(await attempt(reader, change)).toMatch(forbidden);
  });

  it('isolation/76 cannot approve, forge or take over access', async () => {
    expect(
      await attempt(stranger, creation(requests, accessRequest('theirs', sam))),
    ).toMatch(/requestedBy must be user:default\/eve/);
    const forged = {
      ...accessRequest('forged', eve),
      status: {
        phase: 'Applied',
        verdict: verdict('user:default/alpha-owner'),
      },
    };
    await stranger.request(creation(requests, forged));
    // The API server drops the status of a new object.
    await eventually(
      'It is open',
      async () => (await phaseOf('forged')) === 'Open',
    );
    for (const person of [stranger, reader, estate.member('beta', 'owner')])
      expect(await status(person, 'forged', { verdict: verdict(eve) })).toMatch(
        /You cannot decide your own request|You can decide only in your own name/,
      );
    expect(
      await status(estate.member('beta', 'owner'), 'forged', {
        verdict: verdict('user:default/beta-owner'),
      }),
    ).toMatch(
      /Only owners of the tenant and the platform team can decide an access request/,
    );
    for (const change of [
      { phase: 'Applied' },
      { phase: 'Approved' },
      { evidence: { appUid: 'other' } },
      { revocation: { by: eve, at: '2026-01-01T00:00:00Z' } },
    ])
      expect(await status(stranger, 'forged', change)).toMatch(/^4/);
    expect(
      await attempt(
        stranger,
        mergePatch(`${requests}/granted`, { spec: { requestedBy: eve } }),
      ),
    ).toMatch(forbidden);
  });

  it('isolation/76 cannot end the access of others, or bring back their own', async () => {
    const revocation = (by: string) => ({
      revocation: { by, at: '2026-01-01T00:00:00Z' },
    });
    const refused =
      /Only owners of the tenant, the platform team, or the person with the access can revoke it/;
    expect(await status(stranger, 'granted', revocation(eve))).toMatch(refused);
    for (const role of ['builder', 'viewer'] as const)
      expect(
        await status(
          estate.member('alpha', role),
          'granted',
          revocation(`user:default/alpha-${role}`),
        ),
      ).toMatch(refused);
    const operator = estate.person('bailiwick:operator');
    expect(await status(operator, 'granted', revocation(sam))).toMatch(
      /The operator cannot revoke access/,
    );
    await owner.request(
      mergePatch(`${requests}/granted/status`, {
        status: revocation('user:default/alpha-owner'),
      }),
    );
    for (const person of [reader, owner, operator])
      expect(await status(person, 'granted', { revocation: null })).toMatch(
        /^4/,
      );
    await eventually('The right to create tokens ends', async () =>
      forbidden.test(await attempt(reader, ownGrant(sam))),
    );
  });
});
