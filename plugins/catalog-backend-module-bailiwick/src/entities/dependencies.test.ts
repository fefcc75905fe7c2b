import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  localCluster,
  marketPack,
  ratesDesk,
  runningApp,
} from '../__fixtures__/objects';
import { buildAppEntities } from './buildAppEntities';
import { buildClusterEntity } from './buildClusterEntity';
import { buildPackEntities } from './buildPackEntities';
import { clustersOf, packDependencies } from './dependencies';

const around = { gatewayUrl: 'http://gateway.test' };
const byKind = (entities: Entity[], kind: string): any =>
  entities.find(entity => entity.kind === kind);

describe('the entities of an app', () => {
  it('depend on the inputs of its archetype, and on its clusters', () => {
    const [archetype] = marketPack.spec.archetypes;
    const known = new Set(['local']);
    const entities = buildAppEntities(runningApp, {
      ...around,
      dependsOn: packDependencies(marketPack, archetype, marketPack),
      clusters: clustersOf(runningApp, ratesDesk, known),
    });
    const { metadata, spec } = byKind(entities, 'Component');
    expect(spec.dependsOn).toEqual([
      'resource:datasets/market.stocks',
      'resource:connections/market.terminal',
      'resource:clusters/local',
    ]);
    expect(metadata.annotations['backstage.io/kubernetes-cluster']).toBe(
      'local',
    );
    const refs = [
      ...buildPackEntities(marketPack),
      buildClusterEntity(localCluster),
    ].map(entity => stringifyEntityRef(entity));
    expect(refs).toEqual(expect.arrayContaining(spec.dependsOn));
  });

  it('depend on nothing that is not in the catalog', () => {
    const [archetype] = marketPack.spec.archetypes;
    const bare = { ...marketPack.spec, datasets: [], connections: undefined };
    const newest = { ...marketPack, spec: bare };
    expect(packDependencies(marketPack, archetype, newest)).toEqual([]);
    expect(clustersOf(runningApp, ratesDesk, new Set())).toEqual([]);
    expect(clustersOf(runningApp, undefined, new Set(['local']))).toEqual([]);
  });

  it.each([
    ['rates-desk/prices', '.', undefined],
    ['https://git.test/prices', '.', 'url:https://git.test/prices/'],
    ['https://git.test/prices/', 'feed', 'url:https://git.test/prices/feed/'],
  ])('lead to the code of %s in %s', (repository, path, expected) => {
    const source = { ...runningApp.spec.source, repository, path };
    const elsewhere = { ...runningApp, spec: { ...runningApp.spec, source } };
    const [{ metadata }] = buildAppEntities(elsewhere, around);
    expect(metadata.annotations?.['backstage.io/source-location']).toBe(
      expected,
    );
  });
});

describe('buildClusterEntity', () => {
  it('stays the same during heartbeats of the cluster', () => {
    const later = { ...localCluster.status, heartbeat: '2026-11-20T09:00:00Z' };
    expect(buildClusterEntity({ ...localCluster, status: later })).toEqual(
      buildClusterEntity(localCluster),
    );
  });
});

describe('the resources of a pack', () => {
  it('have names of their own, however long', () => {
    const long = 'x'.repeat(63);
    const [one, ...others] = marketPack.spec.datasets;
    const datasets = [
      { ...one, name: long },
      { ...one, name: `${long.slice(1)}y` },
      ...others,
    ];
    const entities = buildPackEntities({
      ...marketPack,
      spec: { ...marketPack.spec, datasets },
    }).filter(({ kind }) => kind === 'Resource');
    const refs = entities.map(entity => stringifyEntityRef(entity));
    expect(new Set(refs).size).toBe(5);
    for (const { metadata } of entities)
      expect(metadata.name.length).toBeLessThanOrEqual(63);
  });
});
