import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Finds people who are not signed in, with their present groups in the catalog. */
export class CatalogPeople {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /** A person by entity reference; without groups when the catalog does not know them. */
  async find(user: string): Promise<Person> {
    const entity = await this.#catalog.getEntityByRef(user, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    const groups = (entity?.relations ?? [])
      .filter(relation => relation.type === 'memberOf')
      .map(relation => relation.targetRef);
    return { user, groups };
  }
}
