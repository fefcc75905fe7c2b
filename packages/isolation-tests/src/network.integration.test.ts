import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { discover, rightsOf } from './__testUtils__/Discovery';
import { Estate } from '@bailiwick/backstage-testing/world';
import { attempt, body, creation, notRefused } from './__testUtils__/Verdicts';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

interface PolicySpec {
  podSelector: object;
  policyTypes: string[];
  ingress?: object[];
  egress?: object[];
}

integration('ways to open the network of a tenant', () => {
  let estate: Estate;

  beforeAll(async () => {
    estate = await Estate.start();
  }, 180_000);
  afterAll(() => estate?.stop(), 60_000);

  const people = () =>
    (['owner', 'builder', 'viewer'] as const).map(role =>
      estate.member('alpha', role),
    );
  const refused = async (requests: ReturnType<typeof creation>[]) => {
    for (const person of people())
      expect(await notRefused(person, estate.admin, requests)).toEqual([]);
  };

  it('isolation/48 is written by the operator alone, as policies add up', async () => {
    const everything = { podSelector: {}, ingress: [{}], egress: [{}] };
    await refused(
      ['home', 'dev', 'prod'].map(place =>
        creation(
          `/apis/networking.k8s.io/v1/namespaces/alpha--${place}/networkpolicies`,
          body('networking.k8s.io/v1', 'NetworkPolicy', 'wide', {
            spec: everything,
          }),
        ),
      ),
    );
    // Nor by a kind that a plugin of the network may bring.
    const served = await discover(estate.admin);
    const policies = served.filter(({ name }) => /polic/.test(name));
    const questions = policies.flatMap(({ group, name }) =>
      ['create', 'update', 'patch', 'delete'].map(verb => ({
        verb,
        group,
        resource: name,
        namespace: 'alpha--dev',
      })),
    );
    expect(await rightsOf(estate.member('alpha', 'owner'), questions)).toEqual(
      [],
    );
  });

  it('isolation/48 starts from nothing in each of its namespaces', async () => {
    const policies = estate.admin.resource(coreKinds.networkPolicies);
    for (const place of ['home', 'dev', 'prod']) {
      const all = await policies.list({ namespace: `alpha--${place}` });
      const { spec } = all.find(
        ({ metadata }) => metadata.name === 'bailiwick.default-deny',
      ) as unknown as { spec: PolicySpec };
      expect(spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      });
      // What opens it names its peers.
      for (const { metadata, spec: one } of all as unknown as {
        metadata: { name: string };
        spec: PolicySpec;
      }[])
        for (const rule of [...(one.ingress ?? []), ...(one.egress ?? [])])
          expect([
            metadata.name,
            Object.values(rule).flat().length > 0 &&
              ('from' in rule || 'to' in rule),
          ]).toEqual([metadata.name, true]);
    }
  });

  it('isolation/49 has no door to the outside', async () => {
    const service = (spec: object) =>
      creation(
        '/api/v1/namespaces/alpha--dev/services',
        body('v1', 'Service', 'x', { spec }),
      );
    const ports = [{ port: 80 }];
    const externalName = { type: 'ExternalName', externalName: 'beta.test' };
    const externalIps = { ports, externalIPs: ['10.0.0.1'] };
    for (const person of people())
      expect(
        await notRefused(person, estate.admin, [
          service(externalName),
          service(externalIps),
        ]),
      ).toEqual([]);
    // The quota refuses these even to an administrator.
    for (const type of ['NodePort', 'LoadBalancer'])
      for (const person of [...people(), estate.admin])
        expect(await attempt(person, service({ type, ports }))).toMatch(
          person === estate.admin ? /^403 .*exceeded quota/ : /^403 /,
        );
  });

  it('isolation/50 sends no traffic to addresses of a choice', async () => {
    const foreign = [{ addresses: ['10.0.0.1'] }];
    await refused([
      creation(
        '/apis/discovery.k8s.io/v1/namespaces/alpha--dev/endpointslices',
        body('discovery.k8s.io/v1', 'EndpointSlice', 'x', {
          addressType: 'IPv4',
          endpoints: foreign,
        }),
      ),
      creation(
        '/api/v1/namespaces/alpha--dev/endpoints',
        body('v1', 'Endpoints', 'x', {
          subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }],
        }),
      ),
    ]);
  });
});
