import {
  coreKinds,
  resourcePath,
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
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { unsettled } from '@bailiwick/backstage-testing/people';
import { OperatorProcess } from '@bailiwick/backstage-testing/process';
import { join } from 'node:path';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(180_000);

const tenant = 'rates-desk';
/** Kinds that people write, and kinds that a new version must not make anew. */
const kinds = [
  appKind,
  changeRequestKind,
  domainPackKind,
  grantKind,
  planKind,
  releaseKind,
  tenantKind,
  coreKinds.deployments,
  coreKinds.namespaces,
] as ResourceType<KubeObject & { spec?: unknown }>[];

integration('what the commit cb84bfe stored, after its demo', () => {
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

  const read = async (type: (typeof kinds)[number]) =>
    (await cluster.client.resource(type).list()).filter(
      ({ metadata }) =>
        type !== coreKinds.namespaces || metadata.name.startsWith(tenant),
    );

  it.each(kinds.map(type => [type.kind, type] as const))(
    'is valid today: %s',
    async (_, type) => {
      const stored = await eventually(`Each ${type.kind}`, async () => {
        const all = await read(type);
        return all.length > 0 ? all : undefined;
      });
      for (const object of stored)
        await cluster.client.request({
          method: 'PUT',
          path: resourcePath(type, object.metadata),
          query: { dryRun: 'All' },
          body: object,
        });
    },
  );

  it('is taken over by the operator: nothing is made anew, changed or lost', async () => {
    const wanted = async () =>
      Promise.all(
        kinds.map(async type =>
          (await read(type)).map(({ metadata: { name, uid }, spec }) => ({
            kind: type.kind,
            name,
            uid,
            spec: type === coreKinds.deployments ? undefined : spec,
          })),
        ),
      );
    const before = await wanted();
    operator = OperatorProcess.start({
      kubeconfig: await cluster.identity('bailiwick:operator'),
    });
    let why: string | undefined;
    await eventually(
      'The tenant and its app are as they should be',
      async () => {
        why = await unsettled(cluster.client, tenant);
        return why === undefined;
      },
      90,
    ).catch(error => {
      throw new Error(`${error.message}: ${why}`);
    });
    expect(await wanted()).toEqual(before);
  });
});
