import {
  applyDefinitions,
  coreKinds,
  resourcePath,
  type Desired,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { networkingDefinitions } from '@bailiwick/backstage-testing/definitions';
import { systemNamespace } from '../../names';
import { gatewayApi, gke, ingress, istio } from './__testUtils__/profiles';
import { desiredRoutes, desiredShared } from './desired';
import { routeKinds } from './routeKinds';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration(
  'the objects of addresses, on an API server with the definitions of their projects',
  () => {
    let cluster: TestCluster;
    let client: KubeClient;
    const address = {
      key: '',
      app: 'a',
      environment: 'b',
      tenant: 'c',
      host: 'a.apps.example.com',
    };

    /** Sends an object as the operator does, with strict validation and without a write. */
    async function validate(object: Desired): Promise<void> {
      const { apiVersion, kind, metadata } = object;
      const found = routeKinds.find(
        one => one.kind === kind && one.apiVersion === apiVersion,
      )!;
      await client.request({
        method: 'PATCH',
        path: resourcePath(found, metadata),
        query: {
          fieldManager: 'tests',
          fieldValidation: 'Strict',
          force: true,
          dryRun: 'All',
        },
        contentType: 'application/apply-patch+yaml',
        body: object,
      });
    }

    beforeAll(async () => {
      cluster = await startTestCluster();
      client = cluster.client;
      for (const project of ['certManager', 'gatewayApi', 'istio'] as const)
        await applyDefinitions(client, await networkingDefinitions(project), {
          fieldManager: 'tests',
        });
      for (const name of [systemNamespace, 'edge'])
        await client
          .resource(coreKinds.namespaces)
          .create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }, 120_000);
    afterAll(async () => {
      await client?.close();
      await cluster?.stop();
    }, 60_000);

    it.each([ingress, gatewayApi, istio])(
      'have objects of the profile $profile that pass strict validation',
      async networking => {
        const service = { port: 80, targetPort: 'http', selector: {} };
        const all = [
          ...desiredShared(networking, service),
          ...desiredRoutes(address, networking, service),
        ];
        expect(all.length).toBeGreaterThan(1);
        for (const object of all) {
          await validate(object);
          const wrong = { ...(object.spec as object), colour: 'red' };
          await expect(validate({ ...object, spec: wrong })).rejects.toThrow(
            /colour/,
          );
        }
      },
    );

    it.each([
      gke,
      {
        ...gke,
        gke: { className: 'gke-l7-rilb' as const, certificates: ['apps'] },
      },
    ])(
      'have a Gateway and a route of the profile gke that pass strict validation (%#)',
      async networking => {
        const service = { port: 80 };
        const [loadBalancer] = desiredShared(networking, service);
        await validate(loadBalancer);
        await validate(desiredRoutes(address, networking, service)[0]);
      },
    );
  },
);
