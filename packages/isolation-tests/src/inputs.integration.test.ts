import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { Estate } from '@bailiwick/backstage-testing/world';
import {
  attempt,
  creation,
  forbidden,
  mergePatch,
} from './__testUtils__/Verdicts';
import {
  apps,
  grants,
  releases,
  anApp,
  aGrant,
  aRelease,
} from './__testUtils__/written';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

integration('the names that people write', () => {
  let estate: Estate;
  let builder: KubeClient;

  beforeAll(async () => {
    estate = await Estate.start();
    builder = estate.member('alpha', 'builder');
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  it('isolation/72 names a release after its app and number', async () => {
    const publish = (number: number, name?: string) =>
      attempt(builder, creation(releases, aRelease({ number }, name)));
    expect(await publish(3)).toBe('allowed');
    expect(await publish(999_999)).toBe('allowed');
    for (const name of ['prices-r9', 'prices-3', 'other-r3', 'prices-r03'])
      expect([name, await publish(3, name)]).toEqual([
        name,
        expect.stringMatching(
          /^422 .*The name of this release must be prices-r3/,
        ),
      ]);
    for (const number of [1_000_000, Number.MAX_SAFE_INTEGER])
      expect(await publish(number)).toMatch(
        /^422 .*a number of at most 999999/,
      );
    // JavaScript has no such number.
    const huge = Buffer.from(
      JSON.stringify(
        aRelease({ number: 1 }, 'prices-r9007199254740993'),
      ).replace('"number":1,', '"number":9007199254740993,'),
    );
    expect(
      await attempt(builder, {
        method: 'POST',
        path: releases,
        body: huge,
        contentType: 'application/json',
      }),
    ).toMatch(/^422 .*a number of at most 999999/);
  });

  const badNames = ['Prod', '../kube-system', 'a--b', 'home', '', 'a/b'];

  it.each(badNames)(
    'isolation/73 rejects the environment name %j',
    async name => {
      const environments = [{ name, revision: 'draft' as const }];
      expect(
        await attempt(builder, creation(apps, anApp({ environments }))),
      ).toMatch(/^422 .*spec.environments\[0\].name: .*environment/);
      const grant = aGrant({ environment: name });
      expect(await attempt(builder, creation(grants, grant))).toMatch(
        /^422 .*spec.environment: .*environment/,
      );
    },
  );

  const inFolder = (path: string) =>
    anApp({ source: { repository: 'alpha/x', path, revision: '3f9c1e2' } });

  it.each([
    '../../../etc',
    '..',
    'apps/../../x',
    '/etc',
    'apps/',
    'apps//x',
    './apps',
    'a;id',
    'a\nb',
    '',
  ])('isolation/73 rejects the path %j outside the repository', async path => {
    expect(await attempt(builder, creation(apps, inFolder(path)))).toMatch(
      /^422 .*spec.source.path/,
    );
  });

  it.each(['.', 'apps', 'apps/month-end_prices', '.config/app.v2'])(
    'isolation/73 accepts any other folder: %s',
    async path => {
      expect(await attempt(builder, creation(apps, inFolder(path)))).toBe(
        'allowed',
      );
    },
  );

  it('isolation/73 keeps names that an earlier version accepted', async () => {
    const definition =
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/apps.bailiwick.dev';
    const now = await estate.admin.request<{ spec: object }>({
      path: definition,
    });
    const text = JSON.stringify(now.spec);
    const { versions } = JSON.parse(text, (key, value) =>
      key === 'pattern' || key === 'x-kubernetes-validations'
        ? undefined
        : value,
    );
    await estate.admin.request(mergePatch(definition, { spec: { versions } }));
    const old = anApp({
      source: { repository: 'alpha/x', path: '../x', revision: '3f9c1e2' },
      environments: [{ name: 'Prod', revision: 'draft' }],
    });
    await eventually(
      'An earlier version is installed',
      async () => (await attempt(builder, creation(apps, old))) === 'allowed',
    );
    await builder.request(creation(apps, old));
    await estate.admin.request(mergePatch(definition, { spec: now.spec }));
    await eventually('This version is installed', async () =>
      /^422/.test(
        await attempt(
          builder,
          creation(
            apps,
            anApp({ environments: [{ name: 'Prod', revision: 'draft' }] }),
          ),
        ),
      ),
    );
    const path = `${apps}/written`;
    const change = (spec: object) =>
      attempt(builder, mergePatch(path, { spec }));
    expect(await change({ title: 'Old names' })).toBe('allowed');
    const environments = [{ name: 'Prod', revision: 'draft', suspended: true }];
    expect(await change({ environments })).toBe('allowed');
    expect(await change({ environments: [] })).toBe('allowed');
    expect(await change({ source: { path: '../y' } })).toMatch(
      /^422 .*spec.source.path/,
    );
    await estate.admin.request({ method: 'DELETE', path });
  });

  it.each(['2030-01-31t12:00:00Z', '2030-01-31T12:00:00z'])(
    'isolation/64 reports an invalid end: %s',
    async expiresAt => {
      const said = await attempt(
        builder,
        creation(grants, aGrant({ expiresAt })),
      );
      expect(said).toMatch(
        /^422 .*must be a date and time such as 2030-01-31T12:00:00Z/,
      );
      expect(said).not.toMatch(/expression|timestamp/);
    },
  );

  it.each(['builder', 'viewer'] as const)(
    'isolation/74 answers no questions about grants that a %s cannot read',
    async role => {
      const owner = estate.member('alpha', 'owner');
      const subject = 'user:default/alpha-owner';
      const name = `of-the-owner-${role}`;
      const grant = aGrant({
        subject,
        membership: subject,
        presets: { symbol: 'AAPL' },
        tokenHash: `sha256:${(role === 'viewer' ? '1' : '2').repeat(64)}`,
      });
      const made = await owner.request<Grant>(
        creation(grants, { ...grant, metadata: { ...grant.metadata, name } }),
      );
      const path = `${grants}/${name}`;
      const person = estate.member('alpha', role);
      const guess = (value: string) =>
        attempt(person, {
          method: 'PATCH',
          path,
          body: [{ op: 'test', path: '/spec/presets/symbol', value }],
          contentType: 'application/json-patch+json',
        });
      expect(await guess('AAPL')).toMatch(forbidden);
      expect(await guess('AAPL')).toBe(await guess('IBM'));
      const { metadata, spec } = made;
      for (const symbol of ['AAPL', 'IBM'])
        expect(
          await attempt(person, {
            method: 'PUT',
            path,
            body: {
              ...grant,
              metadata,
              spec: { ...spec, presets: { symbol } },
            },
          }),
        ).toMatch(forbidden);
      const right = [
        { op: 'test', path: '/spec/presets/symbol', value: 'AAPL' },
      ];
      expect(
        await attempt(owner, {
          method: 'PATCH',
          path,
          body: right,
          contentType: 'application/json-patch+json',
        }),
      ).toBe('allowed');
    },
  );
});
