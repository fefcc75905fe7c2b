import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { kubernetesServiceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import { eventually } from '@bailiwick/backstage-testing';
import { feed, ObjectsWorld } from './__testUtils__/ObjectsWorld';
import { kubernetesModuleBailiwick } from './module';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration(
  'the routes of the Kubernetes plugin before a real API server',
  () => {
    let world: ObjectsWorld;
    let backend: Awaited<ReturnType<typeof startTestBackend>>;
    const auditor = mockServices.auditor.mock();
    const audited: string[] = [];
    auditor.createEvent.mockImplementation(async ({ eventId, meta }) => {
      const note = (end: string) => async () => {
        audited.push(`${eventId} ${meta?.pod} ${end}`);
      };
      return { success: note('read'), fail: note('refused') };
    });

    beforeAll(async () => {
      world = await ObjectsWorld.start();
      await world.bind('bea', 'builder', 'dev');
      await world.makePod('feed-1');
      backend = await startTestBackend({
        features: [
          kubernetesPlugin,
          kubernetesModuleBailiwick,
          auditor.factory,
          catalogServiceMock.factory({
            entities: [
              {
                ...feed,
                metadata: { ...feed.metadata, namespace: 'rates-desk' },
              },
            ],
          }),
          mockServices.rootConfig.factory({
            data: {
              kubernetes: {
                serviceLocatorMethod: { type: 'singleTenant' },
                clusterLocatorMethods: [],
              },
            },
          }),
          createServiceFactory({
            service: kubernetesServiceRef,
            deps: {},
            factory: () => world.kubernetes(),
          }),
        ],
      });
      await eventually(
        'The pod is known',
        () => world.kubernetes().lists.pods.list().length,
      );
    }, 120_000);
    afterAll(async () => {
      await backend?.stop();
      await world?.stop();
    }, 60_000);

    /** Sends a request as a person. */
    async function ask(user: string, path: string, init: RequestInit = {}) {
      const answer = await fetch(
        `http://localhost:${backend.server.port()}/api/kubernetes${path}`,
        {
          ...init,
          headers: {
            authorization: mockCredentials.user.header(`user:default/${user}`),
            'backstage-kubernetes-cluster': 'here',
            'content-type': 'application/json',
          },
        },
      );
      const type = answer.headers.get('content-type') ?? '';
      const text = await answer.text();
      const body = type.includes('json') ? JSON.parse(text) : undefined;
      const { status } = answer;
      return { status, type, body, words: body?.error?.message };
    }

    const dev = '/proxy/api/v1/namespaces/rates-desk--dev';
    const log = `${dev}/pods/feed-1/log?container=function`;
    const events = (name: string) =>
      `${dev}/events?fieldSelector=involvedObject.name=${name}`;

    it('names the cluster as its Cluster is called', async () => {
      const { body } = await ask('bea', '/clusters');
      expect(body.items).toEqual([
        {
          name: 'here',
          title: 'This machine',
          authProvider: 'localKubectlProxy',
        },
      ]);
    });

    it('shows the objects of an app to a member', async () => {
      const { body } = await ask('bea', '/services/feed', {
        method: 'POST',
        body: JSON.stringify({
          entity: {
            ...feed,
            metadata: { ...feed.metadata, namespace: 'rates-desk' },
          },
          auth: {},
        }),
      });
      expect(body.items[0].cluster).toEqual({
        name: 'here',
        title: 'This machine',
      });
      expect(body.items[0].resources.map(({ type }: any) => type)).toContain(
        'pods',
      );
    });

    it('requests the log of a pod as the person', async () => {
      audited.length = 0;
      // The pod has no node, so its log is empty.
      expect(await ask('bea', log)).toMatchObject({
        status: 200,
        type: expect.stringContaining('text/plain'),
      });
      expect(await ask('bea', `${log}-of-another`)).toMatchObject({
        status: 400,
        words: expect.stringContaining('is not valid for pod feed-1'),
      });
      const refused = await ask('eve', log);
      expect(refused.status).toBe(403);
      expect(refused.words).toMatch(/User "user:default\/eve" cannot get/);
      expect(audited).toEqual([
        'log-read feed-1 read',
        'log-read feed-1 refused',
        'log-read feed-1 refused',
      ]);
    });

    it('returns the events of a pod to people who can list them', async () => {
      const seen = async () => (await ask('bea', events('feed-1'))).body.items;
      // Watches begin with the first request.
      await eventually('The event is listed', async () => (await seen())[0]);
      expect(await seen()).toMatchObject([{ message: 'It waits for a node.' }]);
      expect(await ask('eve', events('feed-1'))).toMatchObject({ status: 403 });
    });

    it.each([
      ['the log of a pod that is of no app', `${dev}/pods/other/log`],
      ['events of something else', events('other')],
      ['objects', `${dev}/pods`],
      ['secrets', '/proxy/api/v1/namespaces/bailiwick-system/secrets'],
      ['a way out of the path', `${dev}/pods/%2e%2e%2f%2e%2e/log`],
    ])('does not pass on %s', async (_what, path) => {
      expect((await ask('bea', path)).status).toBe(403);
    });

    it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
      'passes on nothing that changes something: %s',
      async method => {
        const path = `${dev}/pods/feed-1`;
        expect((await ask('bea', path, { method })).status).toBe(403);
      },
    );

    it('explains the required filter for requests of all events', async () => {
      expect((await ask('bea', `${dev}/events`)).status).toBe(400);
    });
  },
);
