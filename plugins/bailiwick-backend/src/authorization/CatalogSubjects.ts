import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  platformGroup,
  withPlatformGroup,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** People and groups of the catalog. */
export class CatalogSubjects {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #platformGroup: string;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    /** Entity reference of the portal's platform group. */
    platformGroup?: string;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#platformGroup = options.platformGroup ?? platformGroup;
  }

  /** A person by entity reference, with their present groups; without any when the catalog does not know them. */
  async find(user: string): Promise<Person> {
    const entity = await this.#catalog.getEntityByRef(user, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    const groups = targetsOf(entity, RELATION_MEMBER_OF);
    return { user, groups: withPlatformGroup(groups, this.#platformGroup) };
  }

  /**
   * The people themselves, and those who are in a group. Members of a group below it are none of it:
   * they have none of its rights either.
   */
  async peopleOf(references: string[]): Promise<string[]> {
    const isGroup = (reference: string) => reference.startsWith('group:');
    const people = references.filter(reference => !isGroup(reference));
    const entityRefs = references
      .filter(isGroup)
      .map(ref => (ref === platformGroup ? this.#platformGroup : ref));
    if (entityRefs.length === 0) return people;
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata', 'relations'] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const members = items.flatMap(group =>
      targetsOf(group, RELATION_HAS_MEMBER),
    );
    return [...new Set([...people, ...members])];
  }

  /** Returns the display names of people and titles of groups, by reference; entities without one are omitted. */
  async namesOf(references: string[]): Promise<Map<string, string>> {
    if (references.length === 0) return new Map();
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: references.map(ref =>
          ref === platformGroup ? this.#platformGroup : ref,
        ),
        fields: ['metadata.name', 'metadata.title', 'spec.profile'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return new Map(
      references.flatMap((ref, position) => {
        const name = displayNameOf(items[position]);
        return name ? [[ref, name]] : [];
      }),
    );
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
          `The catalog has no user or group ${reference}; choose one from the list, or have it added to the catalog first`,
      );
  }
}

function displayNameOf(entity: Entity | undefined): string | undefined {
  const profile = entity?.spec?.profile as { displayName?: string } | undefined;
  return profile?.displayName ?? entity?.metadata.title;
}

/** Returns the targets of an entity's relations of a type. */
function targetsOf(entity: Entity | undefined, type: string): string[] {
  return (entity?.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}
