/** @jest-environment node */
import {
  applyManifests,
  coreKinds,
} from '@bailiwick/backstage-kube-controller';
import { ensureHelm } from '@bailiwick/backstage-local-cluster';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import {
  chart,
  own,
  renderChart,
  type Rendered,
} from './__testUtils__/renderChart';

const run = promisify(execFile);
const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(300_000);

integration('the objects of the chart', () => {
  let helm: string;
  let cluster: TestCluster;

  beforeAll(async () => {
    helm = await ensureHelm({ report() {} });
    cluster = await startTestCluster();
  });
  afterAll(() => cluster?.stop());

  const render = (profile: string, values?: object) =>
    renderChart(helm, profile, values);
  const named = (objects: Rendered[], kind: string, name: string) =>
    objects.find(one => one.kind === kind && one.metadata.name === name);

  /** Runs Helm on a release with the values of a small node. Nothing runs the Jobs of its hooks. */
  const release = (command: string, ...args: string[]) => {
    const running = run(helm, [
      ...[command, 'bailiwick', ...args],
      ...['--namespace', 'bailiwick', '--kubeconfig', cluster.kubeconfig],
    ]);
    running.child.stdin!.end(JSON.stringify(own));
    return running;
  };
  const values = ['--values', join(chart, 'values-small.yaml'), '--values=-'];

  it('names what is missing after the installation', async () => {
    const { stdout } = await release(
      'install',
      ...[chart, ...values, '--create-namespace', '--no-hooks'],
    );
    expect(stdout).toContain(
      'kubectl -n bailiwick-portal create secret generic oidc --from-literal=clientSecret=…',
    );
    expect(stdout).toContain('The cluster has no default storage class.');
    expect(stdout).toContain('Open the portal at https://portal.example.com');
  });

  it.each(['small', 'production', 'airgap'])(
    'has objects in values-%s.yaml that the API server accepts',
    async profile => {
      const objects = await render(profile);
      // The installed claim cannot get another size, because it is unbound.
      const claim = named(objects, 'PersistentVolumeClaim', 'portal')!;
      claim.metadata.name = profile;
      // Kinds of the Prometheus operator.
      const known = objects.filter(
        ({ apiVersion }) => !apiVersion.startsWith('monitoring.coreos.com/'),
      );
      expect(known.length).toBeGreaterThan(100);
      await applyManifests(cluster.client, known, {
        fieldManager: 'test',
        dryRun: true,
      });
    },
  );

  it('runs one replica of each program on a small node', async () => {
    const deployments = (await render('small')).filter(
      ({ kind }) => kind === 'Deployment',
    );
    expect(deployments.map(({ spec }) => spec.replicas)).toEqual([1, 1, 1]);
  });

  it('spreads replicas and exposes both addresses in production', async () => {
    const objects = await render('production');
    const { template } = named(objects, 'StatefulSet', 'gateway')!.spec;
    expect(
      template.spec.topologySpreadConstraints.map(
        (one: { topologyKey: string }) => one.topologyKey,
      ),
    ).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
    for (const [name, host] of [
      ['gateway', 'feeds.example.com'],
      ['portal', 'portal.example.com'],
    ])
      expect(named(objects, 'Ingress', name)!.spec).toMatchObject({
        rules: [{ host }],
        tls: [{ hosts: [host], secretName: `${name}-tls` }],
      });
    expect(named(objects, 'HorizontalPodAutoscaler', 'gateway')!.spec).toEqual(
      expect.objectContaining({
        minReplicas: 3,
        maxReplicas: 10,
        scaleTargetRef: expect.objectContaining({ kind: 'StatefulSet' }),
      }),
    );
    expect(named(objects, 'PrometheusRule', 'bailiwick')).toBeDefined();
    const { data } = named(objects, 'ConfigMap', 'portal')!;
    expect(parse(data['app-config.yaml']).backend.database).toMatchObject({
      client: 'pg',
      connection: '${BAILIWICK_DATABASE_URL}',
    });
    const { containers } = named(objects, 'Deployment', 'portal')!.spec.template
      .spec;
    expect(containers[0].env).toContainEqual({
      name: 'BAILIWICK_DATABASE_URL',
      valueFrom: { secretKeyRef: { name: 'postgresql', key: 'url' } },
    });
    expect(containers[0].env).toContainEqual(own.portal.env[0]);
  });

  it('lets several portals share their state in production', async () => {
    const objects = await render('production');
    expect(named(objects, 'Deployment', 'portal')!.spec).toMatchObject({
      replicas: 2,
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
    });
    const { spec } = named(objects, 'PersistentVolumeClaim', 'portal')!;
    expect(spec.accessModes).toEqual(['ReadWriteMany']);
    expect(named(objects, 'Service', 'portal')!.spec.sessionAffinity).toBe(
      'ClientIP',
    );
    expect(named(objects, 'PodDisruptionBudget', 'portal')).toBeDefined();
  });

  it('replaces the only user of a volume at once', async () => {
    const storage = { existingClaim: 'own', accessMode: 'ReadWriteOnce' };
    const portal = { ...own.portal, replicas: 1, storage };
    const objects = await render('production', { portal });
    const { strategy, template } = named(objects, 'Deployment', 'portal')!.spec;
    expect(strategy).toEqual({ type: 'Recreate' });
    expect(template.spec.volumes).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'own' },
    });
    expect(named(objects, 'PersistentVolumeClaim', 'portal')).toBeUndefined();
  });

  it('says what several portals need', async () => {
    const portal = { ...own.portal, replicas: 2 };
    await expect(render('small', { portal })).rejects.toThrow(
      'Portals that share their state (portal.replicas=2) need portal.database.secret, for PostgreSQL; portal.storage.accessMode=ReadWriteMany, with a storage class that supports it. Otherwise, set portal.replicas=1.',
    );
  });

  it('names only the mirror without access to the internet', async () => {
    const objects = await render('airgap', { image: {} });
    const images = JSON.stringify(objects).matchAll(/"image":"([^"]+)"/g);
    const { data } = named(objects, 'ConfigMap', 'runtime-images')!;
    const references = [
      ...[...images].map(([, image]) => image),
      ...Object.values(data as Record<string, string>),
    ];
    expect(references.length).toBeGreaterThan(6);
    for (const reference of references)
      expect(reference).toMatch(/^mirror\.example\.com\//);
    expect(named(objects, 'Secret', 'index')!.stringData['uv.toml']).toContain(
      'url = "https://mirror.example.com/pypi/simple"',
    );
  });

  it('exports traces of all programs if a collector is set', async () => {
    const programs = ['gateway', 'operator', 'portal'];
    const variablesOf = (objects: Rendered[], name: string) => {
      const { template } = named(objects, 'Deployment', name)!.spec;
      const { env = [] } = template.spec.containers[0];
      return (env as { name: string }[]).filter(one =>
        /^(OTEL|POD_NAME)/.test(one.name),
      );
    };
    const off = await render('small');
    for (const name of programs) expect(variablesOf(off, name)).toEqual([]);
    const endpoint = 'http://collector.monitoring:4318';
    const on = await render('small', {
      tracing: { endpoint, ratio: 0.1, secret: 'collector' },
    });
    for (const name of programs)
      expect(variablesOf(on, name)).toEqual(
        expect.arrayContaining([
          { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: endpoint },
          { name: 'OTEL_TRACES_SAMPLER', value: 'traceidratio' },
          { name: 'OTEL_TRACES_SAMPLER_ARG', value: '0.1' },
          {
            name: 'OTEL_EXPORTER_OTLP_HEADERS',
            valueFrom: { secretKeyRef: { name: 'collector', key: 'headers' } },
          },
        ]),
      );
    await applyManifests(
      cluster.client,
      on.filter(({ kind }) => kind === 'Deployment'),
      { fieldManager: 'test', dryRun: true },
    );
    await expect(render('small', { tracing: { ratio: 2 } })).rejects.toThrow(
      "at '/tracing/ratio'",
    );
  });

  it.each<[object, string]>([
    [{ image: {} }, 'Set image.registry to the registry'],
    [{ image: { registry: 'https://r.example.com' } }, "at '/image/registry'"],
    [
      { gateway: { ...own.gateway, replicas: 11 } },
      'gateway.autoscaling.maxReplicas=10 is less than gateway.replicas=11',
    ],
    [
      { gateway: { trustedProxies: ['999.0.0.0/8'] } },
      "at '/gateway/trustedProxies/0'",
    ],
    [
      { operator: { resources: { limits: { memory: 'lots' } } } },
      "at '/operator/resources/limits/memory'",
    ],
  ])('rejects the values %j', async (wrong, message) => {
    await expect(render('production', wrong)).rejects.toThrow(message);
  });

  it('rejects a smaller size or another access mode for an existing claim', async () => {
    const upgrade = (storage: string) =>
      release(
        'upgrade',
        chart,
        ...values,
        '--set',
        `portal.storage.${storage}`,
      );
    await expect(upgrade('size=4Gi')).rejects.toThrow(
      'portal.storage.size=4Gi is less than the size of the claim portal, which cannot shrink. Set portal.storage.size=5Gi.',
    );
    await expect(upgrade('accessMode=ReadWriteMany')).rejects.toThrow(
      'the claim portal has ReadWriteOnce',
    );
  });

  it('rejects volumes of gateways that are impossible, or that cannot change', async () => {
    const upgrade = (...storage: string[]) =>
      release(
        'upgrade',
        ...[chart, ...values, '--no-hooks', '--set', 'gateway.replicas=2'],
        ...['enabled=true', ...storage].flatMap(value => [
          '--set',
          `gateway.storage.${value}`,
        ]),
      );
    await expect(upgrade()).rejects.toThrow(
      'gateway.storage.enabled needs a storage class',
    );
    const given = ['storageClass=fast', 'size=5120Mi'];
    await upgrade(...given);
    // The API server has written another form of the size.
    await upgrade(...given);
    await expect(upgrade('storageClass=fast', 'size=6Gi')).rejects.toThrow(
      'Set gateway.storage.size=5Gi',
    );
    await expect(upgrade('storageClass=slow')).rejects.toThrow(
      'the StatefulSet has "fast"',
    );
  });

  it('rejects an older Kubernetes', async () => {
    const rendering = run(helm, ['template', chart, '--kube-version=1.32.0']);
    await expect(rendering).rejects.toThrow(
      'chart requires kubeVersion: >=1.33.0-0 which is incompatible with Kubernetes v1.32.0',
    );
  });

  it('rejects a second upgrade meanwhile, and continues after an interrupted one', async () => {
    const upgrade = (...args: string[]) =>
      release('upgrade', chart, ...values, ...args);
    const jobs = cluster.client.resource(coreKinds.jobs);
    const first = upgrade();
    await eventually(
      'The Job of the first upgrade',
      () => jobs.get('setup-kinds', { namespace: 'bailiwick-system' }),
      120,
    );
    const locked =
      'another operation (install/upgrade/rollback) is in progress';
    await expect(upgrade()).rejects.toThrow(locked);
    first.child.kill('SIGKILL');
    await expect(first).rejects.toThrow();
    await expect(upgrade()).rejects.toThrow(locked);
    await release('rollback');
    await upgrade('--no-hooks');
    const { stdout } = await release('history', '--output', 'json');
    expect(JSON.parse(stdout).at(-1)).toMatchObject({
      status: 'deployed',
      description: 'Upgrade complete',
    });
  });
});
