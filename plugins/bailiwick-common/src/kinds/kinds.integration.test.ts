/** @jest-environment node */
import type {
  KubeApiError,
  ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { plan } from '@bailiwick/backstage-testing/objects';
import { aGrant, anApp, aTenant } from '../__fixtures__/objects';
import { validate, type Kind, type KubeObject } from './schema/kind';
import {
  appKind,
  connectionKind,
  grantKind,
  planKind,
  tenantKind,
  type App,
  type Connection,
} from '.';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

type Case = [what: string, object: KubeObject<unknown, unknown>];

const environmentsOf = (...names: string[]) => ({
  environments: names.map(name => ({
    name,
    cluster: 'local',
    protected: false,
  })),
});
const inEnvironment = (
  environment: Partial<App['spec']['environments'][number]>,
) => anApp({ environments: [{ name: 'dev', ...environment }] });

const s3 = { bucket: 'results', region: 'eu-central-1', pathStyle: true };
const aConnection = (spec: Partial<Connection['spec']>): Connection => ({
  apiVersion: connectionKind.apiVersion,
  kind: connectionKind.kind,
  metadata: { name: 'results' },
  spec: {
    title: 'Results',
    name: 'results',
    host: 's3.example.org',
    port: 443,
    tls: true,
    egress: { cidrs: ['10.30.0.5/32'] },
    ...spec,
  },
});
const toBucket = { s3, secret: 'results', tenants: ['rates-desk'] };
const withPrefix = (prefix: string) =>
  aConnection({ ...toBucket, s3: { ...s3, prefix } });

const names = {
  'one letter': 'a',
  'letters, digits and dashes': 'a1-b2-c3',
  'the longest': 'x'.repeat(40),
  'one too long': 'x'.repeat(41),
  'far too long': 'x'.repeat(200),
  'two dashes': 'a--b',
  'a capital letter': 'Rates',
  'a digit in front': '1a',
  'a dash in front': '-a',
  'a dash at the end': 'a-',
  'a dot': 'a.b',
  'an underscore': 'a_b',
};
const tenantNames = {
  ...names,
  'a reserved word': 'default',
  'a reserved prefix': 'kube-x',
  'a reserved prefix alone': 'system',
  'a reserved prefix within a word': 'kubex',
};
const environmentNames = {
  'one letter': 'a',
  'the longest': 'x'.repeat(20),
  'one too long': 'x'.repeat(21),
  'two dashes': 'a--b',
  'a capital letter': 'Dev',
  nothing: '',
  'the name of the home namespace': 'home',
};

const durations = [
  '0s',
  '3153600000s',
  '3153600001s',
  '52560000m',
  '52560001m',
  '876000h',
  '876001h',
  '36500d',
  '36501d',
  '99999999999d',
  '99999999999s',
];

const refusedByRules: [Kind, Case[]][] = [
  [
    tenantKind,
    [
      ...Object.entries(tenantNames).map(
        ([what, name]): Case => [`name: ${what}`, aTenant({}, name)],
      ),
      ...Object.entries(environmentNames).map(
        ([what, name]): Case => [
          `environment: ${what}`,
          aTenant(environmentsOf(name)),
        ],
      ),
      ['the same environment twice', aTenant(environmentsOf('dev', 'dev'))],
    ],
  ],
  [
    appKind,
    [
      ...Object.entries(names).map(
        ([what, name]): Case => [`name: ${what}`, anApp({}, name)],
      ),
      ['a draft', inEnvironment({ revision: 'draft' })],
      ['a release', inEnvironment({ release: 'r1' })],
      ['neither release nor draft', inEnvironment({})],
      [
        'release and draft',
        inEnvironment({ release: 'r1', revision: 'draft' }),
      ],
      [
        'no fewer than the most pods',
        inEnvironment({ revision: 'draft', replicas: { min: 2, max: 2 } }),
      ],
      [
        'more pods at least than at most',
        inEnvironment({ revision: 'draft', replicas: { min: 3, max: 2 } }),
      ],
    ],
  ],
  [
    grantKind,
    [
      ['for an environment', aGrant()],
      ['for results without environment', aGrant({ environment: undefined })],
      [
        'for git without environment',
        aGrant({ client: 'git', environment: undefined }),
      ],
      ...['10.0.0.0/8', '192.0.2.7/32', '::/0', '2001:db8::/32'].map(
        (range): Case => [
          `for the network ${range}`,
          aGrant({ addresses: [range] }),
        ],
      ),
      ...['10.0.0.0', '10.0.0.0/33', '010.0.0.0/8', 'fe80::1%eth0/64', ''].map(
        (range): Case => [
          `for the network "${range}"`,
          aGrant({ addresses: [range] }),
        ],
      ),
    ],
  ],
  [
    connectionKind,
    [
      ['of a pack', aConnection({ pack: 'market' })],
      ['to a bucket', aConnection(toBucket)],
      ['to a bucket of a pack', aConnection({ pack: 'market', ...toBucket })],
      ['of no pack', aConnection({})],
      [
        'to a bucket without a secret',
        aConnection({ ...toBucket, secret: undefined }),
      ],
      [
        'to a bucket without tenants',
        aConnection({ ...toBucket, tenants: undefined }),
      ],
      ['with a prefix', withPrefix('company/prod_1.x')],
    ],
  ],
  [
    planKind,
    durations.flatMap((duration): Case[] => [
      [`a life of ${duration}`, plan('p', { maxLifetime: duration })],
      [`a grace period of ${duration}`, plan('p', { gracePeriod: duration })],
    ]),
  ],
];

const refusedBySchema: [Kind, Case[]][] = [
  [
    tenantKind,
    [
      ['no environment', aTenant(environmentsOf())],
      ['an empty title', aTenant({ title: '' })],
      ['a title that is too long', aTenant({ title: 'x'.repeat(81) })],
      ['an owner that is a person', aTenant({ owners: ['user:default/a'] })],
      ['no owner', aTenant({ owners: [] })],
      ['a plan in capitals', aTenant({ plan: 'Small' })],
      ['an end without time', aTenant({ expiresAt: '2026-11-20' })],
      [
        'an unknown role',
        aTenant({
          members: [{ subject: 'user:default/a', role: 'king' as 'owner' }],
        }),
      ],
    ],
  ],
  [
    appKind,
    [
      [
        'replicas below zero',
        inEnvironment({ revision: 'draft', replicas: { min: -1, max: 1 } }),
      ],
      [
        'a commit that is none',
        anApp({ source: { repository: 'a/b', path: '.', revision: 'main' } }),
      ],
    ],
  ],
  [
    grantKind,
    [
      ['an unknown client', aGrant({ client: 'lotus' as 'excel' })],
      ['a hash of another kind', aGrant({ tokenHash: 'md5:0' })],
      ['no calls', aGrant({ limits: { callsPerMinute: 0 } })],
      ['no networks', aGrant({ addresses: [] })],
    ],
  ],
  [
    connectionKind,
    ['/company', 'company/', 'a//b', '..', 'a/../b', '.hidden', 'a b', ''].map(
      (prefix): Case => [`the prefix "${prefix}"`, withPrefix(prefix)],
    ),
  ],
  [planKind, [['a life in weeks', plan('p', { maxLifetime: '1w' })]]],
];

integration('kinds on a real API server', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds'] });
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  /** The refusals of the API server as `field: message`, empty when it accepts. */
  async function refusals(
    kind: Kind,
    object: KubeObject<unknown, unknown>,
  ): Promise<string[]> {
    try {
      await cluster.client
        .resource(kind as ResourceType)
        .create(object, { dryRun: true });
      return [];
    } catch (error) {
      const causes = (error as KubeApiError).details?.causes;
      if (!causes) throw error;
      return causes.map(({ field, message = '' }) => {
        const words = message.replace(/^Invalid value: (".*?": )?/, '');
        return field === '<nil>' ? words : `${field}: ${words}`;
      });
    }
  }

  describe.each(
    refusedByRules.map(([kind, cases]) => ({ name: kind.kind, kind, cases })),
  )('$name', ({ kind, cases }) => {
    it.each(cases)('judges alike and in the same words: %s', async (_, it_) => {
      const theirs = await refusals(kind, it_);
      const ours = validate(kind, it_);

      expect(theirs.length > 0).toBe(ours.length > 0);
      expect(theirs).toEqual(expect.arrayContaining(ours));
    });
  });

  describe.each(
    refusedBySchema.map(([kind, cases]) => ({ name: kind.kind, kind, cases })),
  )('$name', ({ kind, cases }) => {
    it.each(cases)('refuses the same field: %s', async (_, it_) => {
      const fieldOf = (text: string) => text.split(':')[0];
      const theirs = (await refusals(kind, it_)).map(fieldOf);
      const ours = validate(kind, it_).map(fieldOf);

      expect(ours).not.toHaveLength(0);
      expect(theirs).toEqual(expect.arrayContaining(ours));
    });
  });

  it('keeps a release as it was published', async () => {
    const releases = cluster.client.resource({
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind: 'Release',
      plural: 'releases',
      scope: 'Namespaced',
    });
    const { archetype } = anApp().spec;
    await releases.create({
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind: 'Release',
      metadata: { name: 'r1', namespace: 'default' },
      spec: {
        app: 'month-end-prices',
        number: 1,
        commit: '3f9c1e2',
        bundle: { digest: `sha256:${'0'.repeat(64)}`, runtime: 'python' },
        archetype,
        contract: { functions: [] },
        createdBy: 'user:default/bea',
      },
    });

    await expect(
      releases.patch('r1', { spec: { number: 2 } }, { namespace: 'default' }),
    ).rejects.toThrow("A release can't be changed; publish a new one");
  });
});
