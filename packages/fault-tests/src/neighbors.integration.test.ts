import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  homeNamespace,
  labels,
  tenantKind,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { FaultBench } from '@bailiwick/backstage-testing/world';
import { childKinds } from '@bailiwick/backstage-testing/oracles';
import { secondCommit } from '@bailiwick/backstage-testing/people';
import { violationsOf } from './scenario';
import { injectSidecar } from './scenario/injectSidecar';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(400_000);

integration('an operator with neighbors', () => {
  let bench: FaultBench;
  const deployments = () => bench.admin.resource(coreKinds.deployments);
  const services = () => bench.admin.resource(coreKinds.services);
  const apps = () => bench.admin.resource<App>(appKind);
  const tenants = () => bench.admin.resource<Tenant>(tenantKind);

  beforeAll(async () => {
    bench = await FaultBench.start();
    await bench.keepStill();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench?.stop());

  it('operator/29 leaves objects alone that have its names', async () => {
    const tenant = 'taken';
    const foreign = { labels: { made: 'by-hand' } };
    const { metadata: before } = await bench.admin
      .resource(coreKinds.namespaces)
      .create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: `${tenant}--prod`, ...foreign },
      });
    await bench.people.createTenant(tenant, {
      environments: ['dev', 'prod'].map(name => ({
        name,
        cluster: 'local',
        protected: false,
      })),
    });
    await eventually('The conflict is told', async () => {
      const { status } = await tenants().get(tenant);
      return status?.conditions?.some(
        ({ reason, message }) =>
          reason === 'NameConflict' && message.includes(`${tenant}--prod`),
      );
    });
    const namespace = `${tenant}--dev`;
    const service = await eventually('The environment is there', () =>
      services().create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'prices', namespace, ...foreign },
        spec: { ports: [{ port: 81 }] },
      } as KubeObject),
    );
    await eventually('The builder may', () =>
      bench.people.createApp(tenant, 'prices').then(() => true),
    );
    await eventually('The conflict is told', async () => {
      const app = await apps().get('prices', {
        namespace: homeNamespace(tenant),
      });
      return app.status?.environments?.[0]?.why.includes('Service');
    });
    const versions = [
      (await services().get('prices', { namespace })).metadata.resourceVersion,
      (await bench.admin.resource(coreKinds.namespaces).get(before.name))
        .metadata.resourceVersion,
    ];
    expect(versions).toEqual([
      service.metadata.resourceVersion,
      before.resourceVersion,
    ]);
  });

  it('operator/35 reverts foreign changes to its objects within a second', async () => {
    const tenant = await bench.giveTenant('drift', 'prices');
    // From two pods, an app has a disruption budget.
    await bench.people.scale(tenant, 'prices', 2, 3);
    await bench.settle(tenant);
    await bench.quiesce();
    const times: number[] = [];
    for (const type of childKinds.filter(({ kind }) => kind !== 'Namespace')) {
      const resource = bench.admin.resource<KubeObject>(type);
      const children = await resource.list({
        labelSelector: `${labels.tenant}=${tenant}`,
      });
      expect(children).not.toHaveLength(0);
      const [{ metadata }] = children;
      const hash = 'bailiwick.dev/desired-hash';
      // Of a bundle the hash cannot be known without reading its source.
      const isBundle = type.kind === 'ConfigMap';
      const { name, namespace } = metadata;
      const undone = async (what: string, isDone: () => Promise<boolean>) => {
        const start = performance.now();
        await eventually(`${type.kind}: ${what}`, isDone, 10);
        times.push(performance.now() - start);
      };
      await resource.patch(
        name,
        {
          metadata: {
            labels: { [labels.tenant]: null, note: 'kept' },
            annotations: { [hash]: isBundle ? null : 'wrong' },
          },
        },
        { namespace },
      );
      await undone('labels', async () => {
        const live = (await resource.get(name, { namespace })).metadata;
        return (
          live.labels?.[labels.tenant] === tenant &&
          live.labels.note === 'kept' &&
          /^[0-9a-f]+$/.test(live.annotations?.[hash] ?? '')
        );
      });
      await resource.delete(name, { namespace });
      await undone('deletion', async () => {
        const live = (await resource.get(name, { namespace })).metadata;
        return live.uid !== metadata.uid;
      });
    }
    // A busy machine may delay some.
    const median = times.sort((x, y) => x - y)[Math.floor(times.length / 2)];
    expect(median).toBeLessThan(1000);
    const dev = { namespace: `${tenant}--dev` };
    await deployments().patch(
      'prices',
      { spec: { progressDeadlineSeconds: 7 } },
      dev,
    );
    await services().patch('prices', { spec: { selector: { x: 'y' } } }, dev);
    await eventually('The specs are as wanted', async () => {
      const { spec } = await deployments().get('prices', dev);
      const service = await services().get('prices', dev);
      return (
        (spec as { progressDeadlineSeconds?: number })
          .progressDeadlineSeconds === 120 &&
        (service.spec?.selector as Record<string, string>)[labels.app] ===
          'prices'
      );
    });
  });

  it('operator/36 does not fight with injecting webhooks', async () => {
    const tenant = await bench.giveTenant('injected');
    await injectSidecar(bench.admin, `${tenant}--dev`);
    await bench.people.createApp(tenant, 'prices');
    await bench.settle(tenant);
    const dev = { namespace: `${tenant}--dev` };
    const names = async () => {
      const { spec } = await deployments().get('prices', dev);
      const { containers } = (
        spec?.template as { spec: { containers: { name: string }[] } }
      ).spec;
      return containers.map(({ name }) => name).sort();
    };
    expect(await names()).toEqual(['app', 'sidecar']);
    await bench.quiesce();
    expect(await bench.writesWithin(4000, tenant)).toEqual([]);
    await bench.people.run(tenant, 'prices', secondCommit);
    await bench.settle(tenant);
    expect(await names()).toEqual(['app', 'sidecar']);
    await bench.quiesce();
    expect(await bench.writesWithin(2000, tenant)).toEqual([]);
  });

  it('operator/O4 to operator/O8 hold for all of it', async () => {
    expect(await bench.stillness()).toEqual([]);
    expect(await violationsOf(bench)).toEqual([]);
  });
});
