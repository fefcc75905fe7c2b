import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { Networking } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Address } from './Address';
import { desiredRoutes, desiredShared, urlOf } from './desiredObjects';
import type { GatewayService } from './GatewayService';

const hostRule = '{app}-{environment}-{tenant}.apps.example.com';
const host = 'prices-prod-rates.apps.example.com';
const address: Address = {
  key: 'rates--home/prices',
  app: 'prices',
  environment: 'prod',
  tenant: 'rates',
  host,
};
const service: GatewayService = {
  port: 80,
  targetPort: 'http',
  selector: { app: 'gateway' },
};
const issuer = { kind: 'ClusterIssuer' as const, name: 'internal' };
const gateway = { namespace: 'edge', name: 'shared' };

const names = (objects: KubeObject[]) =>
  objects.map(
    ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`,
  );

describe('the objects of a profile', () => {
  it('have an Ingress with a certificate of cert-manager per address', () => {
    const networking: Networking = {
      profile: 'ingress',
      hostRule,
      ingress: { className: 'nginx', annotations: { timeout: '3600' } },
      certificates: { issuer },
    };
    expect(desiredShared(networking, service)).toEqual([]);
    const [certificate, ingress] = desiredRoutes(address, networking, service);
    expect(names([certificate, ingress])).toEqual([
      `Certificate bailiwick-system/${host}`,
      `Ingress bailiwick-system/${host}`,
    ]);
    expect(certificate.spec).toEqual({
      secretName: `${host}-tls`,
      dnsNames: [host],
      issuerRef: { group: 'cert-manager.io', ...issuer },
    });
    expect(ingress.metadata).toMatchObject({
      annotations: { timeout: '3600' },
      labels: {
        'app.kubernetes.io/managed-by': 'bailiwick',
        'bailiwick.dev/address': 'true',
        'bailiwick.dev/tenant': 'rates',
        'bailiwick.dev/environment': 'prod',
        'bailiwick.dev/app': 'prices',
      },
    });
    expect(ingress.spec).toMatchObject({
      ingressClassName: 'nginx',
      tls: [{ hosts: [host], secretName: `${host}-tls` }],
      rules: [{ host }],
    });
    expect(urlOf(host, networking)).toBe(`https://${host}`);
  });

  it.each([
    ['a wildcard certificate', { secret: 'wildcard' }, 'wildcard'],
    ['the default certificate of its controller', undefined, undefined],
  ])('have an Ingress with %s', (_, certificates, secretName) => {
    const [ingress] = desiredRoutes(
      address,
      {
        profile: 'ingress',
        hostRule,
        ingress: { className: 'nginx' },
        certificates,
      },
      service,
    );
    const [tls] = (ingress.spec as { tls: object[] }).tls;
    expect(tls).toEqual({ hosts: [host], ...(secretName && { secretName }) });
  });

  it('have a route of a Gateway and a wildcard certificate in its namespace', () => {
    const networking: Networking = {
      profile: 'gateway-api',
      hostRule,
      gatewayApi: { gateway, sectionName: 'apps' },
      certificates: { issuer },
    };
    const shared = desiredShared(networking, service);
    expect(names(shared)).toEqual(['Certificate edge/bailiwick-addresses']);
    expect(shared[0].spec).toMatchObject({
      secretName: 'bailiwick-addresses-tls',
      dnsNames: ['*.apps.example.com'],
    });
    const routes = desiredRoutes(address, networking, service);
    expect(names(routes)).toEqual([`HTTPRoute bailiwick-system/${host}`]);
    expect(routes[0].spec).toMatchObject({
      parentRefs: [{ kind: 'Gateway', ...gateway, sectionName: 'apps' }],
      hostnames: [host],
    });
  });

  it('have a VirtualService of a Gateway of Istio', () => {
    const networking: Networking = {
      profile: 'istio',
      hostRule,
      istio: { gateway },
    };
    expect(desiredShared(networking, service)).toEqual([]);
    const [route] = desiredRoutes(address, networking, service);
    expect(route.spec).toMatchObject({
      hosts: [host],
      gateways: ['edge/shared'],
    });
  });

  it('have a load balancer of GKE with a certificate map, its policies and routes', () => {
    const networking: Networking = {
      profile: 'gke',
      hostRule,
      gke: {
        className: 'gke-l7-global-external-managed',
        certificateMap: 'apps',
        address: 'apps-ip',
      },
    };
    const shared = desiredShared(networking, service);
    expect(names(shared)).toEqual([
      'Gateway bailiwick-system/bailiwick-addresses',
      'HealthCheckPolicy bailiwick-system/bailiwick-addresses',
      'GCPBackendPolicy bailiwick-system/bailiwick-addresses',
    ]);
    const [loadBalancer, ...policies] = shared;
    expect(loadBalancer.metadata.annotations).toEqual({
      'networking.gke.io/certmap': 'apps',
    });
    expect(loadBalancer.spec).toMatchObject({
      addresses: [{ type: 'NamedAddress', value: 'apps-ip' }],
      listeners: [{ protocol: 'HTTPS', port: 443 }],
    });
    for (const { spec } of policies)
      expect(spec).toMatchObject({
        targetRef: { group: '', kind: 'Service', name: 'gateway' },
      });
    const [route] = desiredRoutes(address, networking, service);
    expect(route.spec).toMatchObject({
      parentRefs: [
        { namespace: 'bailiwick-system', name: 'bailiwick-addresses' },
      ],
    });
  });

  it('have the certificates of a regional load balancer in its listener', () => {
    const [loadBalancer] = desiredShared(
      {
        profile: 'gke',
        hostRule,
        gke: { className: 'gke-l7-rilb', certificates: ['one', 'two'] },
      },
      service,
    );
    const [listener] = (loadBalancer.spec as { listeners: object[] }).listeners;
    expect(loadBalancer.metadata).not.toHaveProperty('annotations');
    expect(listener).toMatchObject({
      tls: { options: { 'networking.gke.io/cert-manager-certs': 'one,two' } },
    });
  });

  it('have a port of the nodes that leads to the pods of the gateway', () => {
    const networking: Networking = {
      profile: 'node-port',
      hostRule,
      nodePort: { port: 30080 },
    };
    expect(desiredRoutes(address, networking, service)).toEqual([]);
    const [port] = desiredShared(networking, service);
    expect(port.spec).toEqual({
      type: 'NodePort',
      externalTrafficPolicy: 'Local',
      selector: { app: 'gateway' },
      ports: [
        {
          name: 'http',
          protocol: 'TCP',
          port: 80,
          targetPort: 'http',
          nodePort: 30080,
        },
      ],
    });
    expect(urlOf(host, networking)).toBe(`http://${host}:30080`);
    const nodePort = { port: 30080, loadBalancer: true };
    expect(urlOf(host, { nodePort })).toBe(`https://${host}`);
  });

  it.each<Networking>([
    { profile: 'ingress', hostRule, ingress: { className: 'nginx' } },
    { profile: 'gateway-api', hostRule, gatewayApi: { gateway } },
    { profile: 'istio', hostRule, istio: { gateway } },
    {
      profile: 'gke',
      hostRule,
      gke: {
        className: 'gke-l7-global-external-managed',
        certificateMap: 'apps',
      },
    },
  ])('of $profile lead to the gateway, and never to the app', networking => {
    const [route] = desiredRoutes(address, networking, {
      ...service,
      port: 8080,
    });
    const backends = JSON.stringify(route.spec).match(
      /"(service|backendRefs|destination)":.*/,
    )![0];
    expect(backends).toContain('"gateway"');
    expect(backends).toContain('8080');
    expect(backends).not.toContain('prices');
  });
});
