import {
  annotations,
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../installation/layout';
import { applyPack } from './applyPack';
import { replacementOf } from './replacementOf';
import { compilePack } from '@bailiwick/backstage-domain-pack/authoring';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

integration('packs on a real API server', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds'] });
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  const stored = () =>
    cluster.client.resource<DomainPack>(domainPackKind).get('finance');

  it('are installed as they were compiled', async () => {
    for (const file of globSync('templates/*/pack.yaml', {
      cwd: repositoryRoot,
    }))
      await applyPack(
        cluster.client,
        compilePack(join(repositoryRoot, dirname(file))),
      );
    const compiled = compilePack(join(repositoryRoot, 'templates/finance'));
    const { metadata, spec } = await stored();
    expect(spec).toEqual(compiled.spec);
    expect(metadata.annotations?.[annotations.tested]).toBe(
      compiled.metadata.annotations?.[annotations.tested],
    );
  });

  it('report their changes to the installed version', async () => {
    const compiled = compilePack(join(repositoryRoot, 'templates/finance'));
    const { client } = cluster;
    expect(await replacementOf(client, compiled)).toEqual({ words: '' });
    const { spec } = compiled;
    const changed = { ...compiled, spec: { ...spec, title: 'Money' } };
    const { refusal, words } = await replacementOf(client, changed);
    expect(words).toBe(
      `Replaces finance ${spec.version}:\n  cosmetic  The pack: title changed\n`,
    );
    expect(refusal?.message).toBe(
      `finance ${spec.version} is already installed with different content.`,
    );
    const other = { ...compiled, metadata: { name: 'another' } };
    expect(await replacementOf(client, other)).toEqual({ words: '' });
  });

  it('replace a version whose forms offered columns of a dataset', async () => {
    const compiled = compilePack(
      join(repositoryRoot, 'templates/bioinformatics'),
    );
    const [{ options, ...dataset }] = compiled.spec.datasets;
    expect(options).toBeUndefined();
    const install = (
      version: string,
      datasets: DomainPack['spec']['datasets'],
    ) =>
      applyPack(cluster.client, {
        ...compiled,
        spec: { ...compiled.spec, version, datasets },
      });
    const others = compiled.spec.datasets.slice(1);
    await install('8.0.0', [
      { ...dataset, options: { quality: ['high', 'low'] } },
      ...others,
    ]);
    await install('9.0.0', [dataset, ...others]);
    const { spec } = await cluster.client
      .resource<DomainPack>(domainPackKind)
      .get('bioinformatics');
    expect(spec.datasets[0].options ?? {}).toEqual({});
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
