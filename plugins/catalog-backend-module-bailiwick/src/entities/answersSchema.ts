import type {
  Archetype,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';

type Schema = Record<string, any>;

/** What a parameter may say of itself in a pack under `x-bailiwick`. */
interface Hints {
  /** Offers the distinct values of a data set's column. */
  options?: { dataset: string; column: string };
  /** Takes validation and description from a word of the vocabulary. */
  vocabulary?: string;
}

function vocabularySchema(pack: DomainPack, name: string): Schema {
  const { schema, description } =
    pack.spec.vocabulary.find(type => type.name === name) ?? {};
  return { ...(description && { description }), ...schema };
}

function optionsOf(
  pack: DomainPack,
  { dataset, column }: NonNullable<Hints['options']>,
): string[] | undefined {
  return pack.spec.datasets.find(({ name }) => name === dataset)?.options?.[
    column
  ];
}

function resolve(pack: DomainPack, schema: Schema): Schema {
  const { 'x-bailiwick': hints, ...own } = schema as Schema & {
    'x-bailiwick'?: Hints;
  };
  const resolved: Schema = {
    ...(hints?.vocabulary && vocabularySchema(pack, hints.vocabulary)),
    ...own,
  };
  if (resolved.items) resolved.items = resolve(pack, resolved.items);
  if (resolved.properties) {
    resolved.properties = Object.fromEntries(
      Object.entries(resolved.properties as Schema).map(([name, property]) => [
        name,
        resolve(pack, property),
      ]),
    );
  }
  const options = hints?.options && optionsOf(pack, hints.options);
  if (options) resolved.enum = options;
  // A short choice of several reads best as boxes to tick.
  if (resolved.type === 'array' && resolved.items?.enum) {
    resolved.uniqueItems = true;
    resolved['ui:widget'] = 'checkboxes';
  }
  return resolved;
}

/**
 * The second step of an archetype's form: its parameters as JSON Schema, with the hints under
 * `x-bailiwick` carried out: validation from vocabulary types, options from data sets.
 */
export function answersSchema(pack: DomainPack, archetype: Archetype): Schema {
  return { title: archetype.title, ...resolve(pack, archetype.parameters) };
}
