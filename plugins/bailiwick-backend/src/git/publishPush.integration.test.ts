import {
  appKind,
  homeNamespace,
  tenantKind,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { eventually } from '@bailiwick/backstage-testing';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { createTenant } from '../__testUtils__/createTenant';
import { people } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';
import type { BailiwickConfig } from '../config';
import { GitHost } from './GitHost';
import { RepositoryFiles } from './RepositoryFiles';
import { RepositoryService } from './RepositoryService';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const place = { tenant: 'rates-desk', name: 'feed' };
const namespace = homeNamespace(place.tenant);
const { bea } = people;

integration('a second portal that publishes', () => {
  let portal: Portal;
  let host: GitHost;
  let repositories: RepositoryService;

  beforeAll(async () => {
    portal = await startPortal();
    const { client } = portal.cluster;
    await createTenant(client);
    await portal.shows('bea', '/tenants', place.tenant);
    const base = `/tenants/${place.tenant}`;
    const files = [{ path: 'functions.py', content: '# nothing yet\n' }];
    const { name } = place;
    await portal.call('bea', 'POST', `${base}/repositories`, { name, files });
    await portal.call('bea', 'POST', `${base}/apps`, {
      name,
      title: name,
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      environment: 'dev',
    });
    await portal.shows('bea', '/apps', name);
    host = new GitHost({ directory: portal.repositories });
    const tenant = await client.resource<Tenant>(tenantKind).get(place.tenant);
    repositories = new RepositoryService({
      host,
      kubernetes: {
        as: (person: Person) => client.as(person),
        lists: {
          pods: { list: () => [] },
          tenants: { get: () => tenant },
        },
      } as unknown as KubernetesService,
      config: {} as BailiwickConfig,
    });
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const app = () =>
    portal.cluster.client.resource<App>(appKind).get(place.name, { namespace });

  /** Commits without publishing. */
  const commit = async (content: string) => {
    const repository = repositories.find(place);
    return new RepositoryFiles(host).commit(repository, {
      base: await host.head(repository),
      message: 'Change',
      files: [{ path: 'functions.py', content }],
      author: { name: 'bea', email: 'bea@example.com' },
      pusher: bea.user,
    });
  };

  it('does not replace the newer commit of the first one', async () => {
    const older = await commit('# older\n');
    let isReading = false;
    let goOn = () => {};
    jest
      .spyOn(host, 'bundle')
      .mockImplementationOnce(
        async (...args: Parameters<GitHost['bundle']>) => {
          isReading = true;
          await new Promise<void>(resolve => (goOn = resolve));
          return GitHost.prototype.bundle.apply(host, args);
        },
      );
    const publishing = repositories.publishPush(bea, place);
    await eventually('It reads the older commit', () => isReading);
    const { body } = await portal.call(
      'bea',
      'POST',
      `/tenants/${place.tenant}/apps/${place.name}/commits`,
      {
        base: older,
        message: 'Change again',
        files: [{ path: 'functions.py', content: '# newer\n' }],
      },
    );
    await eventually(
      'The first portal has published the newer commit',
      async () => (await app()).spec.source.revision === body.commit,
    );
    goOn();
    await publishing;
    expect((await app()).spec.source.revision).toBe(body.commit);
  });

  it('publishes once what the first one left', async () => {
    const next = await commit('# left\n');
    await repositories.publishPush(bea, place);
    expect((await app()).spec.source.revision).toBe(next);
    const { resourceVersion } = (await app()).metadata;
    await repositories.publishPush(bea, place);
    expect((await app()).metadata.resourceVersion).toBe(resourceVersion);
  });

  it('leaves an app at the commit to which it was set back', async () => {
    const first = await commit('# first\n');
    await repositories.publishPush(bea, place);
    const last = await commit('# last\n');
    await repositories.publishPush(bea, place);
    const source = { revision: first };
    await portal.cluster.client
      .resource<App>(appKind)
      .patch(place.name, { spec: { source } }, { namespace });
    await repositories.publishPush(bea, place);
    const { metadata, spec } = await app();
    expect(spec.source.revision).toBe(first);
    expect(metadata.annotations?.['bailiwick.dev/published']).toBe(last);
  });
});
