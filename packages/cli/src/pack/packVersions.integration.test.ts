import {
  appKind,
  domainPackKind,
  releaseKind,
  type App,
  type DomainPack,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { keptPackName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { app, pack, release } from '@bailiwick/backstage-testing/objects';
import { applyPack } from './applyPack';
import { removePack } from './removePack';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const namespace = 'default';

function marketOf(version: string): DomainPack {
  const { metadata, spec, ...rest } = pack('market');
  const annotations = { 'bailiwick.dev/tested': `{"of":"${version}"}` };
  return {
    ...rest,
    metadata: { ...metadata, annotations },
    spec: { ...spec, version, title: `Market ${version}` },
  };
}

integration('versions of a pack on a real API server', () => {
  let cluster: TestCluster;
  const packs = () => cluster.client.resource<DomainPack>(domainPackKind);
  const apps = () => cluster.client.resource<App>(appKind);
  const releases = () => cluster.client.resource<Release>(releaseKind);
  const install = (version: string) =>
    applyPack(cluster.client, marketOf(version));
  const names = async () =>
    (await packs().list()).map(({ metadata }) => metadata.name).sort();
  const pin = (version: string) => ({
    archetype: { pack: 'market', version, name: 'price-feed' },
  });

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds'] });
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  it('are replaced when nothing pins them', async () => {
    await install('1.0.0');
    const { archetype } = app('x', namespace).spec;
    await apps().create(
      app('of-others', namespace, {
        archetype: { ...archetype, pack: 'another' },
      }),
    );
    await install('1.1.0');
    expect(await names()).toEqual(['market']);
  });

  it('are kept as they were for apps and releases that pin them', async () => {
    await apps().create(app('prices', namespace, pin('1.1.0')));
    await install('1.2.0');
    await releases().create(release('prices-r1', namespace, pin('1.2.0')));
    await install('1.3.0');
    expect(await names()).toEqual(['market', 'market--1.1.0', 'market--1.2.0']);
    const { metadata, spec } = await packs().get('market--1.1.0');
    expect(spec).toEqual(marketOf('1.1.0').spec);
    const { uid } = (await packs().get('market')).metadata;
    expect(metadata).toMatchObject({
      ownerReferences: [{ name: 'market', uid }],
    });
    expect(metadata.labels).toEqual({ 'bailiwick.dev/version-of': 'market' });
    expect(metadata.annotations).toEqual(
      marketOf('1.1.0').metadata.annotations,
    );
    expect((await packs().get('market')).spec.version).toBe('1.3.0');
  });

  it('go with the next version when nothing pins them any more', async () => {
    await apps().patch('prices', { spec: pin('1.3.0') }, { namespace });
    await install('1.3.0');
    expect(await names()).toEqual(['market', 'market--1.2.0']);
    await releases().delete('prices-r1', { namespace });
    await install('1.4.0');
    expect(await names()).toEqual(['market', 'market--1.3.0']);
  });

  it('are the pack again when they are installed again', async () => {
    await install('1.3.0');
    expect(await names()).toEqual(['market']);
    expect((await packs().get('market')).spec).toEqual(marketOf('1.3.0').spec);
  });

  it('accept all notations of a version', async () => {
    await install('2.0.0-RC.1');
    await apps().patch('prices', { spec: pin('2.0.0-RC.1') }, { namespace });
    await install('2.0.0');
    expect(await names()).toEqual([
      'market',
      keptPackName('market', '2.0.0-RC.1'),
    ]);
  });

  it('are deleted with the pack, which requires that it has no apps', async () => {
    await expect(removePack(cluster.client, 'market')).rejects.toThrow(
      '1 app is created from the pack market: default/prices. Nothing was removed.',
    );
    expect(await names()).toHaveLength(2);
    await expect(removePack(cluster.client, 'markt')).rejects.toMatchObject({
      message: 'The pack markt is not installed.',
      remedy: 'Installed packs: market.',
    });
    await apps().delete('prices', { namespace });
    expect(await removePack(cluster.client, 'market')).toBe('2.0.0');
    expect((await names()).filter(name => name === 'market')).toEqual([]);
  });

  it('are deleted despite their apps, if forced', async () => {
    await install('1.0.0');
    await apps().create(app('yields', namespace, pin('1.0.0')));
    await removePack(cluster.client, 'market', { force: true });
    expect((await names()).filter(name => name === 'market')).toEqual([]);
  });
});
