import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  installChart,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-test-cluster';
import { join } from 'node:path';
import { installPacks } from '../install/installPacks';
import { repositoryRoot } from '../stack/layout';
import { applyPack } from './applyPack';
import { compilePack } from '@bailiwick/backstage-domain-pack';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('packs on a real API server', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startTestCluster();
    await installChart(cluster.client, 'crds');
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  const stored = () =>
    cluster.client.resource<DomainPack>(domainPackKind).get('finance');

  it('are installed as they were compiled', async () => {
    expect(await installPacks(cluster.client)).toContain('finance');
    const compiled = compilePack(join(repositoryRoot, 'templates/finance'));
    expect((await stored()).spec).toEqual(compiled.spec);
  });

  it('replace their older version', async () => {
    const compiled = compilePack(join(repositoryRoot, 'templates/finance'));
    const [feed] = compiled.spec.archetypes;
    const archetypes = [{ ...feed, name: 'renamed-feed' }];
    await applyPack(cluster.client, {
      ...compiled,
      spec: { ...compiled.spec, version: '9.0.0', archetypes },
    });
    expect((await stored()).spec).toMatchObject({
      version: '9.0.0',
      archetypes: [{ name: 'renamed-feed' }],
    });
  });
});
