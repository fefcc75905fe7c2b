import type { Entity } from '@backstage/catalog-model';
import type { PackView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ArchetypeView } from '../templateFacts';

/** An archetype that answers calls with one table. */
export function archetypeView(
  more: Partial<ArchetypeView> = {},
): ArchetypeView {
  return {
    name: 'price-feed',
    title: 'Price feed',
    description: 'Prices by month.',
    shape: 'function',
    runtime: 'py',
    minutes: 10,
    parameters: {
      type: 'object',
      properties: {
        symbols: {
          title: 'Symbols',
          description: 'Shares of the feed.',
          default: ['AAPL'],
        },
      },
    },
    contract: {
      functions: [
        {
          name: 'prices',
          result: {
            kind: 'table',
            key: ['symbol', 'date'],
            columns: [{ name: 'symbol' }, { name: 'date' }, { name: 'price' }],
          },
        },
      ],
    },
    paths: ['README.md', 'functions.py'],
    ...more,
  };
}

/** A pack that holds archetypes. */
export function packView(
  archetypes: ArchetypeView[] = [archetypeView()],
  more: Partial<PackView['spec']> = {},
  tested?: object,
): PackView {
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'DomainPack',
    metadata: {
      name: 'market',
      ...(tested && {
        annotations: {
          'bailiwick.dev/tested': JSON.stringify({
            digest: `sha256:${'0'.repeat(64)}`,
            runtime: '0.1.0',
            archetypes: tested,
          }),
        },
      }),
    },
    spec: {
      version: '1.0.0',
      title: 'Market',
      description: 'Prices and rates.',
      owners: ['group:default/platform'],
      vocabulary: [],
      runtimes: [],
      datasets: [],
      archetypes,
      ...more,
    },
  };
}

/** A template in the catalog; of an archetype by default. */
export function templateEntity(
  name = 'market-price-feed',
  annotations: Record<string, string> = { 'bailiwick.dev/domain': 'market' },
  title = 'Price feed',
): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name,
      namespace: 'default',
      title,
      description: title === 'Price feed' ? 'Prices by month.' : `${title}.`,
      annotations,
    },
  };
}
