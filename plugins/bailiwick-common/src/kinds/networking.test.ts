import { networkingSchema } from './networking';

const hostRule = '{app}-{environment}.{tenant}.apps.example.com';
const issuer = { kind: 'ClusterIssuer', name: 'lets-encrypt' };
const gateway = { namespace: 'edge', name: 'shared' };

const problemsOf = (networking: object) =>
  networkingSchema
    .safeParse(networking)
    .error?.issues.map(({ message }) => message) ?? [];

describe('the networking of a cluster', () => {
  it.each<[string, object]>([
    ['none', { profile: 'none' }],
    [
      'an Ingress',
      { profile: 'ingress', hostRule, ingress: { className: 'nginx' } },
    ],
    [
      'an Ingress with a certificate per address',
      {
        profile: 'ingress',
        hostRule,
        ingress: { className: 'nginx' },
        certificates: { issuer },
      },
    ],
    [
      'a Gateway with a wildcard certificate',
      {
        profile: 'gateway-api',
        hostRule: '{app}-{environment}-{tenant}.apps.example.com',
        gatewayApi: { gateway },
        certificates: { issuer },
      },
    ],
    ['Istio', { profile: 'istio', hostRule, istio: { gateway } }],
    ['GKE', { profile: 'gke', hostRule, gke: { certificateMap: 'apps' } }],
    [
      'a regional load balancer of GKE',
      {
        profile: 'gke',
        hostRule,
        gke: { className: 'gke-l7-rilb', certificates: ['apps'] },
      },
    ],
    ['a port', { profile: 'node-port', hostRule, nodePort: { port: 30080 } }],
  ])('accepts %s', (_, networking) => {
    expect(problemsOf(networking)).toEqual([]);
  });

  it.each([
    [
      '{app}-{team}.example.com',
      'the placeholders {app}, {environment} and {tenant}',
    ],
    ['{app}', 'must be a host name'],
    ['{app}.Example.com', 'must be a host name'],
    ['-{app}.example.com', 'must be a host name'],
    ['{app}..example.com', 'must be a host name'],
    ['https://{app}.example.com', 'must be a host name'],
    ['{app}.example.com:8080', 'must be a host name'],
    ['*.example.com', 'must be a host name'],
    ['{tenant}.example.com', 'must contain the placeholder {app}'],
  ])('refuses the rule %s, with an example', (rule, message) => {
    const [problem] = problemsOf({
      profile: 'ingress',
      hostRule: rule,
      ingress: { className: 'nginx' },
    });
    expect(problem).toContain(message);
    expect(problem).toContain('such as {app}-{environment}.{tenant}.');
  });

  it.each<[object, string]>([
    [
      { profile: 'ingress', ingress: { className: 'x' } },
      'hostRule is required',
    ],
    [{ profile: 'ingress', hostRule }, 'networking.ingress belongs to'],
    [
      { profile: 'none', istio: { gateway } },
      'networking.istio belongs to the profile istio',
    ],
    [
      { profile: 'gke', hostRule, gke: { className: 'gke-l7-rilb' } },
      'a regional one requires certificates',
    ],
    [
      { profile: 'gke', hostRule, gke: { certificates: ['apps'] } },
      'A global load balancer requires certificateMap',
    ],
    [
      {
        profile: 'node-port',
        hostRule,
        nodePort: { port: 30080 },
        certificates: { issuer },
      },
      'networking.certificates is for',
    ],
    [
      {
        profile: 'gateway-api',
        hostRule,
        gatewayApi: { gateway },
        certificates: { secret: 'wildcard' },
      },
      'networking.certificates is for',
    ],
    [
      {
        profile: 'istio',
        hostRule,
        istio: { gateway },
        certificates: { issuer },
      },
      'use placeholders only before the first dot',
    ],
    [
      {
        profile: 'ingress',
        hostRule,
        ingress: { className: 'x' },
        certificates: { issuer, secret: 'wildcard' },
      },
      'exactly one of issuer and secret',
    ],
  ])('refuses %j', (networking, message) => {
    expect(problemsOf(networking)).toEqual([expect.stringContaining(message)]);
  });
});
