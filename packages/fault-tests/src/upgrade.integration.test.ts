import {
  coreKinds,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  domainPackKind,
  grantKind,
  planKind,
  releaseKind,
  tenantKind,
  validate,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { OperatorProcess } from '@bailiwick/backstage-testing/process';
import { join } from 'node:path';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(180_000);

const tenant = 'rates-desk';
const namespaces = ['dev', 'prod'].map(name => `${tenant}--${name}`);
/** When it was saved; the tenant and the tokens end some time after. */
const savedAt = Date.parse('2026-11-23T01:21:00Z');
const kinds = [
  appKind,
  changeRequestKind,
  domainPackKind,
  grantKind,
  planKind,
  releaseKind,
  tenantKind,
];
/** Kinds that a new version must not recreate. */
const lasting = [
  ...kinds,
  coreKinds.deployments,
  coreKinds.namespaces,
] as ResourceType<KubeObject & { spec?: unknown }>[];

integration('the data of commit cb84bfe, after its demo', () => {
  let cluster: TestCluster;
  let operator: OperatorProcess | undefined;
  beforeAll(async () => {
    cluster = await startTestCluster({
      chartFolders: ['crds', 'templates'],
      simulatedNode: true,
    });
    await cluster.restore(
      join(import.meta.dirname, '__fixtures__/cb84bfe.json.gz'),
    );
  });
  afterAll(async () => {
    await operator?.kill();
    await cluster.stop();
  });

  const read = async (type: (typeof lasting)[number]) =>
    (await cluster.client.resource(type).list()).filter(
      ({ metadata }) =>
        type !== coreKinds.namespaces || metadata.name.startsWith(tenant),
    );

  // Not by writing it again: the API server accepts values that were invalid before.
  it.each(kinds.map(kind => [kind.kind, kind] as const))(
    'is valid today: %s',
    async (_, kind) => {
      const all = await read(kind as (typeof lasting)[number]);
      expect(all).not.toEqual([]);
      expect(
        all.flatMap(object => validate(kind, { spec: {}, ...object })),
      ).toEqual([]);
    },
  );

  it('is taken over by the operator, which recreates, changes and loses nothing', async () => {
    const wanted = async () =>
      Promise.all(
        lasting.map(async type =>
          (await read(type)).map(({ metadata: { name, uid }, spec }) => ({
            kind: type.kind,
            name,
            uid,
            spec: type === coreKinds.deployments ? undefined : spec,
          })),
        ),
      );
    const before = await wanted();
    const policies = cluster.client.resource(coreKinds.networkPolicies);
    const [dev] = namespaces;
    await policies.delete('month-end-prices', { namespace: dev });
    const started = OperatorProcess.start({
      kubeconfig: await cluster.identity('bailiwick:operator'),
      clockAheadSeconds: Math.round((savedAt - Date.now()) / 1000),
    });
    operator = started;
    await eventually('The operator has seen everything', async () => {
      const { status } = await started.ask('/readyz');
      return status === 200;
    });
    await eventually(
      'The tenant and its app are well, with pods in both environments',
      async () => {
        const { client } = cluster;
        const pods = await Promise.all(
          namespaces.map(namespace =>
            client.resource(coreKinds.pods).list({ namespace }),
          ),
        );
        const arePodsReady = pods.every(([pod]) =>
          pod?.status?.conditions?.some(
            ({ status, type }) => type === 'Ready' && status === 'True',
          ),
        );
        const app = await client
          .resource<App>(appKind)
          .get('month-end-prices', { namespace: `${tenant}--home` });
        const { status } = await client
          .resource<Tenant>(tenantKind)
          .get(tenant);
        return (
          arePodsReady &&
          app.status?.health === 'Healthy' &&
          status?.phase === 'Ready'
        );
      },
      90,
    );
    await eventually('What was missing is back', async () => {
      const all = await policies.list({ namespace: dev });
      return all.some(({ metadata }) => metadata.name === 'month-end-prices');
    });
    expect(await wanted()).toEqual(before);
  });
});
