import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  buildKind,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { BuildView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { eventually } from '@bailiwick/backstage-testing';
import { createFeedApp } from '../__testUtils__/createFeedApp';
import type { Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const namespace = 'rates-desk--home';
const path = '/tenants/rates-desk/apps/feed';

integration('builds of packages through the portal', () => {
  let portal: Portal;
  const builds = () => portal.cluster.client.resource<Build>(buildKind);
  const repeat = (who: Name, name = 'feed-1') =>
    portal.call(who, 'POST', `${path}/builds/${name}/repetition`);
  const cancel = (who: Name, name: string) =>
    portal.call(who, 'POST', `${path}/builds/${name}/cancellation`);
  const shown = (name: string) =>
    eventually(`${name} is listed`, async () => {
      const { body } = await portal.call('tom', 'GET', path);
      return body.builds.find((one: BuildView) => one.name === name);
    });

  beforeAll(async () => {
    portal = await startPortal();
    await createFeedApp(portal);
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  async function createBuild(name: string, app = 'feed') {
    const { apiVersion, kind } = buildKind;
    await builds().create({
      apiVersion,
      kind,
      metadata: { name, namespace },
      spec: {
        app,
        commit: '3f9c1e2',
        runtime: 'registry.test/python:1',
        file: 'requirements.txt',
        content: 'polars\n',
        allow: ['polars'],
      },
    });
  }

  it('publishes the packages that a commit names, and whether it has a Dockerfile', async () => {
    const { body: tree } = await portal.call('bea', 'GET', `${path}/files`);
    const { body } = await portal.call('bea', 'POST', `${path}/commits`, {
      base: tree.commit,
      message: 'Add packages',
      files: [
        { path: 'requirements.txt', content: 'polars\n' },
        { path: 'Dockerfile', content: 'FROM runtime\n' },
      ],
    });
    const bundle = await eventually('The bundle', () =>
      portal.cluster.client
        .resource(coreKinds.configMaps)
        .get(`feed-${body.commit.slice(0, 12)}`, { namespace }),
    );
    expect(bundle.data).toEqual({ 'requirements.txt': 'polars\n' });
    expect(bundle.metadata.annotations?.[annotations.packagesDigest]).toMatch(
      /^sha256:[0-9a-f]{64}$/,
    );
    expect(bundle.metadata.annotations?.[annotations.dockerfile]).toBe('true');
  });

  it('shows them to members, and their logs on request', async () => {
    await createBuild('feed-1');
    expect(await shown('feed-1')).toMatchObject({
      commit: '3f9c1e2',
      file: 'requirements.txt',
      phase: 'Pending',
    });
    const { body } = await portal.call('tom', 'GET', `${path}/builds/feed-1`);
    expect(body.spec.content).toBe('polars\n');
    const strange = await portal.call('eve', 'GET', `${path}/builds/feed-1`);
    expect(strange.status).toBe(404);
  });

  it('does not show the builds of another app', async () => {
    await createBuild('other-1', 'other');
    const { status } = await portal.call(
      'bea',
      'GET',
      `${path}/builds/other-1`,
    );
    expect(status).toBe(404);
  });

  it('does not repeat the build of an image that a release has', async () => {
    const { apiVersion, kind } = buildKind;
    await builds().create({
      apiVersion,
      kind,
      metadata: { name: 'feed-image', namespace },
      spec: {
        app: 'feed',
        commit: '3f9c1e2',
        runtime: 'registry.test/python:1',
        image: { release: 'feed-r1', code: `sha256:${'0'.repeat(64)}` },
      },
    });
    await builds().patchStatus(
      'feed-image',
      { phase: 'Succeeded', finishedAt: '2026-11-28T12:00:00Z' },
      { namespace },
    );
    await eventually('The end of the build shows', async () => {
      const { image, phase } = await shown('feed-image');
      return image?.release === 'feed-r1' && phase === 'Succeeded';
    });
    expect(await repeat('bea', 'feed-image')).toMatchObject({
      status: 409,
      body: {
        error: {
          message:
            'The image of release "feed-r1" is fixed; publish a new release to build another one',
        },
      },
    });
  });

  it('lets builders cancel a build in their own name', async () => {
    await createBuild('feed-2');
    await shown('feed-2');
    expect((await cancel('tom', 'feed-2')).status).toBe(403);
    expect((await cancel('bea', 'feed-2')).status).toBe(200);
    await eventually('The cancellation shows', async () => {
      const { cancelledBy } = await shown('feed-2');
      return cancelledBy === 'user:default/bea';
    });
    expect(await cancel('bea', 'feed-image')).toMatchObject({
      status: 409,
      body: { error: { message: 'Build "feed-image" has already ended' } },
    });
  });

  it('does not repeat builds that nothing needs', async () => {
    await builds().patchStatus(
      'feed-2',
      {
        phase: 'Cancelled',
        superseded: true,
        finishedAt: '2026-11-28T12:00:00Z',
      },
      { namespace },
    );
    await eventually('The mark shows', async () => {
      const { superseded } = await shown('feed-2');
      return superseded;
    });
    expect(await repeat('bea', 'feed-2')).toMatchObject({
      status: 409,
      body: {
        error: {
          message:
            'Neither the newest commit nor a release needs build "feed-2"',
        },
      },
    });
  });

  it('lets builders repeat builds that ended', async () => {
    const early = await repeat('bea');
    expect(early).toMatchObject({
      status: 409,
      body: { error: { message: 'Build "feed-1" has not ended yet' } },
    });
    await builds().patchStatus(
      'feed-1',
      { phase: 'Failed', finishedAt: '2026-11-28T12:00:00Z' },
      { namespace },
    );
    await eventually('The end of the build shows', async () => {
      const { phase } = await shown('feed-1');
      return phase === 'Failed';
    });
    expect((await repeat('tom')).status).toBe(403);
    expect((await repeat('bea')).status).toBe(200);
    // The operator, which does not run here, would create it again.
    await eventually('The build is deleted', async () => {
      const all = await builds().list({ namespace });
      return all.every(({ metadata }) => metadata.name !== 'feed-1');
    });
  });
});
