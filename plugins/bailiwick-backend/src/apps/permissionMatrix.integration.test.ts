import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppPreflightView,
  NewApp,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import { pack } from '@bailiwick/backstage-testing/objects';
import { createTenant } from '../__testUtils__/createTenant';
import type { Name } from '../__testUtils__/people';
import { portalPolicy } from '../__testUtils__/portalPolicy';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const files = [
  { path: 'functions.py', content: 'X = ${{ values.limit }}\n', render: true },
];
const parameters = {
  type: 'object',
  properties: { limit: { type: 'integer', title: 'Limit', default: 3 } },
};

/** Steps of creating an app, each with its success. */
interface Steps {
  'Write code': boolean;
  'Create repository': boolean;
  'Create app': boolean;
}

const nothing: Steps = {
  'Write code': false,
  'Create repository': false,
  'Create app': false,
};
const reads: Steps = { ...nothing, 'Write code': true };
const builds: Steps = { ...reads, 'Create repository': true };
const all: Steps = { ...builds, 'Create app': true };

/** Expected rights by person and environment. A protected environment accepts only releases, from anyone. */
const matrix: { who: Name; role: string; dev: Steps; prod: Steps }[] = [
  { who: 'rita', role: 'an owner', dev: all, prod: builds },
  { who: 'bea', role: 'a builder', dev: all, prod: builds },
  { who: 'tom', role: 'a viewer', dev: reads, prod: reads },
  { who: 'eve', role: 'a stranger', dev: nothing, prod: nothing },
  { who: 'pia', role: 'a platform engineer', dev: reads, prod: reads },
];
const cases = matrix.flatMap(({ role, who, ...places }) =>
  (['dev', 'prod'] as const).map(environment => ({
    who,
    role,
    environment,
    may: places[environment],
  })),
);

integration('rights to create an app from an archetype', () => {
  let portal: Portal;
  const base = '/tenants/rates-desk';

  beforeAll(async () => {
    portal = await startPortal({ features: [portalPolicy] });
    const { client } = portal.cluster;
    const made = pack('market');
    const archetypes = [{ ...made.spec.archetypes[0], files, parameters }];
    await client
      .resource<DomainPack>(domainPackKind)
      .create({ ...made, spec: { ...made.spec, archetypes } });
    await createTenant(client);
    await portal.shows('bea', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const wantedApp = (name: string, environment: string): NewApp => ({
    name,
    title: 'Feed',
    archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
    answers: { limit: 3 },
    environment,
  });

  /** Returns the predictions of the preflight; without an answer, all steps fail. */
  async function told(who: Name, wanted: NewApp) {
    const { body, status } = await portal.call(
      who,
      'POST',
      `${base}/apps/preflight`,
      wanted,
    );
    if (status !== 200) return { said: nothing, status, problems: [] };
    const { files: code, problems, steps }: AppPreflightView = body;
    const said = Object.fromEntries(
      steps.map(({ name, refusal }) => [name, !refusal]),
    ) as unknown as Steps;
    // The app is also rejected for its own problems.
    said['Create app'] &&= problems.length === 0;
    expect(code.length > 0).toBe(said['Write code']);
    return { said, status, problems };
  }

  /** Runs the steps of the scaffolder, each by its route, and returns their success. */
  async function happened(who: Name, wanted: NewApp): Promise<Steps> {
    const { archetype, name } = wanted;
    const [code, tenants] = [
      await portal.call(
        who,
        'GET',
        `/packs/${archetype.pack}/archetypes/${archetype.name}`,
      ),
      await portal.call(who, 'GET', '/tenants'),
    ];
    const isSeen = tenants.body.items.some(
      ({ metadata }: KubeObject) => metadata.name === 'rates-desk',
    );
    const repository = { name, files: [{ path: 'functions.py', content: '' }] };
    const repositories = `${base}/repositories`;
    const made = await portal.call(who, 'POST', repositories, repository);
    // The last step is tested alone: the code exists, whoever created it.
    await portal.call('bea', 'POST', repositories, repository);
    const app = await portal.call(who, 'POST', `${base}/apps`, wanted);
    expect([201, 403, 404]).toContain(made.status);
    expect([201, 400, 403, 404]).toContain(app.status);
    return {
      'Write code': code.status === 200 && isSeen,
      'Create repository': made.status === 201,
      'Create app': app.status === 201,
    };
  }

  it.each(cases)(
    'predicts the result for $role in $environment',
    async ({ environment, may, who }) => {
      const wanted = wantedApp(`${who}-${environment}`, environment);
      const { problems, said, status } = await told(who, wanted);
      expect(status).toBe(may === nothing ? 404 : 200);
      expect(said).toEqual(may);
      const isProtected = /prod is protected and accepts only releases/;
      expect(isProtected.test(problems.join())).toBe(
        status === 200 && environment === 'prod',
      );
      expect(await happened(who, wanted)).toEqual(said);
    },
  );
});
