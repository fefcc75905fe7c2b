/** @jest-environment node */
import { clusterKind } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { ensureHelm } from '@bailiwick/backstage-local-cluster';
import { renderChart } from './__testUtils__/renderChart';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(300_000);

const hostRule = '{app}-{environment}.{tenant}.apps.test';
const gateway = { namespace: 'edge', name: 'apps' };
const ingress = {
  profile: 'ingress',
  hostRule,
  ingress: { className: 'nginx' },
};
const istio = { profile: 'istio', hostRule, istio: { gateway } };
const gke = (settings: object) => ({ profile: 'gke', hostRule, gke: settings });
const issuer = { kind: 'ClusterIssuer', name: 'apps' };
const regional = 'gke-l7-regional-external-managed';

integration('the networking of the chart', () => {
  let helm: string;

  beforeAll(async () => {
    helm = await ensureHelm({ report() {} });
  });

  const render = (networking: object) =>
    renderChart(helm, 'small', { cluster: { networking } });
  const fitsKind = (networking: object) =>
    clusterKind.spec.safeParse({
      title: 'This cluster',
      provider: 'existing',
      networking,
    }).success;

  it.each([
    { profile: 'none' },
    { ...ingress, certificates: { secret: 'wildcard' } },
    { ...ingress, certificates: { issuer } },
    {
      ...istio,
      hostRule: '{app}-{environment}-{tenant}.apps.test',
      certificates: { issuer },
    },
    {
      profile: 'gateway-api',
      hostRule,
      gatewayApi: { gateway, sectionName: 'https' },
    },
    gke({ certificateMap: 'apps' }),
    gke({ className: regional, certificates: ['apps'] }),
    { profile: 'node-port', hostRule, nodePort: { port: 30_080 } },
  ])('accepts %j, as the kind does', async networking => {
    expect(fitsKind(networking)).toBe(true);
    await render(networking);
  });

  it.each<[object, string]>([
    [{ profile: 'nodeport' }, "at '/cluster/networking/profile'"],
    [
      { profile: 'node-port', hostRule, nodePort: { port: 0 } },
      "at '/cluster/networking/nodePort/port'",
    ],
    [
      { profile: 'ingress', hostRule, ingress: {} },
      "missing property 'className'",
    ],
    [
      { profile: 'ingress', ingress: ingress.ingress },
      'needs cluster.networking.hostRule, such as {app}-{environment}.',
    ],
    [
      { profile: 'node-port', hostRule },
      'cluster.networking.nodePort belongs to the profile node-port',
    ],
    [
      { ...ingress, istio: istio.istio },
      'cluster.networking.istio belongs to the profile istio',
    ],
    [gke({}), 'A global load balancer needs'],
    [gke({ certificates: ['apps'] }), 'A global load balancer needs'],
    [
      gke({ certificateMap: 'apps', certificates: ['apps'] }),
      'A global load balancer needs',
    ],
    [
      gke({ className: regional, certificateMap: 'apps' }),
      'a regional one cluster.networking.gke.certificates',
    ],
    [
      { ...ingress, certificates: {} },
      'Set one of cluster.networking.certificates.issuer',
    ],
    [
      { ...ingress, certificates: { issuer, secret: 'wildcard' } },
      'Set one of cluster.networking.certificates.issuer',
    ],
    [
      { profile: 'none', certificates: { issuer } },
      'cluster.networking.certificates is for the profile ingress',
    ],
    [
      { ...istio, certificates: { secret: 'wildcard' } },
      'cluster.networking.certificates is for the profile ingress',
    ],
    [
      { ...istio, certificates: { issuer } },
      'The profile istio has one wildcard certificate',
    ],
  ])('rejects %j, as the kind does', async (networking, message) => {
    expect(fitsKind(networking)).toBe(false);
    await expect(render(networking)).rejects.toThrow(message);
  });

  it('rejects settings that it does not know', async () => {
    await expect(render({ ingres: {} })).rejects.toThrow(
      "additional properties 'ingres' not allowed",
    );
  });
});
