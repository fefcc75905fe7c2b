import type {
  DocumentDecoratorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  tenantGroupNamespace,
  tenantOfHome,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { Transform } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

const maxWaitMs = 30_000;
const pollMs = 500;

/**
 * Drops the catalog's documents about apps, tenants and packs, which have documents of their own. Engines keep one
 * document per location, so duplicates would replace each other.
 */
export class CatalogFilter implements DocumentDecoratorFactory {
  readonly types = ['software-catalog'];
  readonly #kubernetes: KubernetesService;

  constructor(options: { kubernetes: KubernetesService }) {
    this.#kubernetes = options.kubernetes;
  }

  /** Waits up to 30 s for the cluster, because before that nothing is known about apps. */
  async getDecorator(): Promise<Transform> {
    const end = Date.now() + maxWaitMs;
    while (!this.#kubernetes.progress().ready && Date.now() < end)
      await delay(pollMs);
    const own = this.#ownEntities();
    return new Transform({
      objectMode: true,
      transform(document: IndexableDocument, _, done) {
        const reference = document.authorization?.resourceRef ?? '';
        if (own.has(reference)) done();
        else done(null, document);
      },
    });
  }

  #ownEntities(): Set<string> {
    const { apps, packs, tenants } = this.#kubernetes.lists;
    const references = [
      ...apps.list().flatMap(({ metadata }) =>
        ['system', 'component', 'api'].map(kind => ({
          kind,
          namespace: tenantOfHome(metadata.namespace ?? ''),
          name: metadata.name,
        })),
      ),
      ...tenants.list().flatMap(({ metadata: { name } }) => [
        { kind: 'domain', namespace: 'default', name },
        { kind: 'group', namespace: tenantGroupNamespace, name },
      ]),
      ...packs.list().map(({ metadata: { name } }) => ({
        kind: 'domain',
        namespace: 'packs',
        name,
      })),
    ];
    return new Set(references.map(stringifyEntityRef));
  }
}
