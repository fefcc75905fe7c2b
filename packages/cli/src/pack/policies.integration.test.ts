import {
  appKind,
  type App,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { app, pack } from '@bailiwick/backstage-testing/objects';
import { applyPack } from './applyPack';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const message = 'At most three pods in an environment.';
const few = {
  rule: 'app.environments.all(one, !has(one.replicas) || one.replicas.max <= 3)',
  message,
};

function packWith(changes: Partial<DomainPack['spec']>): DomainPack {
  const { spec, ...rest } = pack('market');
  return { ...rest, spec: { ...spec, ...changes } };
}

integration('policies of packs on a real API server', () => {
  let cluster: TestCluster;
  const namespace = 'default';

  const tryApp = (changes: Partial<App['spec']> = {}) =>
    cluster.client
      .resource<App>(appKind)
      .create(app('prices', namespace, changes), { dryRun: true });

  const pods = (max: number): Partial<App['spec']> => ({
    environments: [
      { name: 'dev', revision: 'draft', replicas: { min: 1, max } },
    ],
  });

  /** The words with which an app is refused, once it is. */
  const refusal = (changes: Partial<App['spec']>) =>
    eventually('The policy holds', async () => {
      try {
        await tryApp(changes);
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    });

  const acceptance = (changes: Partial<App['spec']>) =>
    eventually('The policy is gone', async () => {
      const tried = await tryApp(changes).catch(() => undefined);
      return tried !== undefined;
    });

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds'] });
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  it('refuse apps of the pack, in its words, and no others', async () => {
    await applyPack(cluster.client, packWith({ policies: [few] }));
    expect(await refusal(pods(4))).toContain(message);
    await tryApp(pods(3));
    await tryApp();
    const { archetype } = app('x', namespace).spec;
    await tryApp({
      ...pods(4),
      archetype: { ...archetype, pack: 'another' },
    });
  });

  it('do not block changes of an existing app', async () => {
    const apps = cluster.client.resource<App>(appKind);
    await applyPack(cluster.client, packWith({}));
    await acceptance(pods(4));
    await apps.create(app('older', namespace, pods(4)));
    await applyPack(cluster.client, packWith({ policies: [few] }));
    await refusal(pods(4));
    const inPlace = { namespace };
    const title = { spec: { title: 'Another title' } };
    await apps.patch('older', title, inPlace);
    await apps.patch('older', { spec: pods(3) }, inPlace);
    await expect(
      apps.patch('older', { spec: pods(4) }, inPlace),
    ).rejects.toThrow(message);
    await apps.delete('older', inPlace);
  });

  it('close ways of delivery that the pack does not have', async () => {
    const delivery = { rest: true, csv: false };
    await applyPack(cluster.client, packWith({ delivery }));
    expect(await refusal({})).toContain(
      'The pack Market does not allow CSV and Excel: set delivery.csv of the app to false',
    );
    await tryApp({ ...pods(4), delivery });
  });

  it('go with a version that has none', async () => {
    await applyPack(cluster.client, packWith({}));
    await acceptance(pods(4));
  });

  it('leave everything as it was when the API server cannot compile them', async () => {
    await applyPack(cluster.client, packWith({ policies: [few] }));
    await refusal(pods(4));
    const wrong = { rule: 'app.nothing(', message: 'Never seen.' };
    await expect(
      applyPack(
        cluster.client,
        packWith({ version: '2.0.0', policies: [wrong] }),
      ),
    ).rejects.toThrow('The API server rejects the policies of the pack market');
    expect(await refusal(pods(4))).toContain(message);
  });
});
