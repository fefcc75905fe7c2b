import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { inDays, request, tenant } from '@bailiwick/backstage-testing/objects';
import { Estate } from '@bailiwick/backstage-testing/world';
import { attempt, creation, mergePatch } from './__testUtils__/Verdicts';
import {
  apps,
  grants,
  releases,
  runs,
  requests,
  anApp,
  aGrant,
  aRelease,
  aRun,
  aPromotion,
  taking,
  nested,
} from './__testUtils__/written';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

integration('the size of people’s input', () => {
  let estate: Estate;
  let builder: KubeClient;

  beforeAll(async () => {
    estate = await Estate.start();
    builder = estate.member('alpha', 'builder');
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  /** The free-form fields of each kind, with the most characters that its spec may have. */
  const freeForm: [
    field: string,
    path: string,
    most: number,
    object: (content: Record<string, unknown>) => object,
  ][] = [
    ['answers of an app', apps, 200_000, answers => anApp({ answers })],
    [
      'settings of an environment',
      apps,
      200_000,
      parameters =>
        anApp({
          environments: [{ name: 'dev', revision: 'draft', parameters }],
        }),
    ],
    ['presets of a grant', grants, 50_000, presets => aGrant({ presets })],
    [
      'answers of a release',
      releases,
      200_000,
      answers => aRelease({ answers }),
    ],
    [
      'contract of a release',
      releases,
      200_000,
      schema => aRelease(taking(schema)),
    ],
    ['settings of a promotion', requests, 50_000, aPromotion],
    [
      'unknown fields of a promotion',
      requests,
      50_000,
      content => aPromotion({}, content),
    ],
  ];

  it.each(freeForm)(
    'isolation/71 bounds the %s',
    async (_field, path, most, object) => {
      const said = (content: Record<string, unknown>) =>
        attempt(builder, creation(path, object(content)));
      expect(await said({ key: 'x'.repeat(most - 3_000) })).toBe('allowed');
      const tooLong = new RegExp(
        `^422 .*characters; at most ${most} are allowed`,
      );
      expect(await said({ key: 'x'.repeat(most) })).toMatch(tooLong);
      expect(await said({ key: 'x'.repeat(1_400_000) })).toMatch(tooLong);
      const tooDeep = /^422 .*at most 2000 entries each, in at most 20 levels/;
      expect(await said({ key: Array(2_000).fill(1) })).toBe('allowed');
      expect(await said({ key: Array(2_001).fill(1) })).toMatch(tooDeep);
      expect(await said({ key: nested(10) })).toBe('allowed');
      expect(await said({ key: nested(20) })).toMatch(tooDeep);
    },
  );

  it('isolation/71 refuses deeply nested text', async () => {
    const answers = { key: nested(4_000, 'x'.repeat(1_000_000)) };
    expect(await attempt(builder, creation(apps, anApp({ answers })))).toMatch(
      /^422 .*in at most 20 levels/,
    );
  });

  it('isolation/71 bounds the parameters of a run as a whole', async () => {
    const values = Array(100).fill('x'.repeat(2_000));
    const said = await attempt(builder, creation(runs, aRun({ values })));
    expect(said).toMatch(/^422 .*characters; at most 50000 are allowed/);
    const few = aRun({ values: values.slice(0, 20) });
    expect(await attempt(builder, creation(runs, few))).toBe('allowed');
  });

  it('isolation/71 accepts the largest tenant that the schema allows', async () => {
    const { spec } = tenant('largest', { owners: ['group:default/alpha'] });
    const name = (prefix: string, length: number, at: number) =>
      `${prefix}${String(at).padStart(length - prefix.length, 'x')}`;
    const proposed = {
      ...spec,
      title: 'T'.repeat(80),
      purpose: 'P'.repeat(500),
      costCentre: 'C'.repeat(40),
      expiresAt: inDays(100),
      owners: [
        'group:default/alpha',
        ...Array.from({ length: 9 }, (_, at) =>
          name('group:default/', 120, at),
        ),
      ],
      members: Array.from({ length: 200 }, (_, at) => ({
        subject: name('user:default/', 120, at),
        role: 'builder',
      })),
      domains: Array.from({ length: 20 }, (_, at) => name('d', 63, at)),
      environments: Array.from({ length: 20 }, (_, at) => ({
        name: name('e', 20, at),
        cluster: name('c', 63, at),
        protected: false,
        expiresAt: inDays(90),
        limits: {
          cpu: '1234567890123456789m',
          memory: '123456789012345678Gi',
          storage: '123456789012345678Gi',
          gpu: '12345678901234567890',
          pods: 100000,
          apps: 100000,
        },
      })),
    };
    const wanted = request('largest', 'largest', {
      proposed,
      reason: 'R'.repeat(500),
      requestedBy: 'user:default/alpha-owner',
    });
    expect(
      await attempt(
        estate.member('alpha', 'owner'),
        creation(requests, wanted),
      ),
    ).toBe('allowed');
  });

  it('isolation/71 keeps a longer spec of an earlier version, which may become shorter', async () => {
    const operator = estate.person('bailiwick:operator');
    const path = `${apps}/prices`;
    const answers = (length: number) => ({
      spec: { answers: { key: 'x'.repeat(length) } },
    });
    const patch = (length: number) => mergePatch(path, answers(length));
    // The operator is exempt, as every writer was before the policy.
    await operator.request(patch(300_000));
    expect(
      await attempt(builder, mergePatch(path, { spec: { title: 'A title' } })),
    ).toBe('allowed');
    expect(
      await attempt(
        builder,
        mergePatch(path, { metadata: { labels: { team: 'rates' } } }),
      ),
    ).toBe('allowed');
    expect(await attempt(builder, patch(290_000))).toBe('allowed');
    expect(await attempt(builder, patch(310_000))).toMatch(
      /^422 .*at most 200000 are allowed/,
    );
  });
});
