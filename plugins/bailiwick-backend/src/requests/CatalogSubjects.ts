import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** People and groups, as the catalog knows them. */
export class CatalogSubjects {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /** Sentences about references of which the catalog has no entity. */
  async findUnknown(references: string[]): Promise<string[]> {
    const entityRefs = [...new Set(references)];
    if (entityRefs.length === 0) return [];
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata.name', 'metadata.namespace'] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return entityRefs
      .filter((_, position) => !items[position])
      .map(
        reference =>
          `The catalog does not know ${reference}; pick somebody from the list, or have them added to the catalog first`,
      );
  }
}
