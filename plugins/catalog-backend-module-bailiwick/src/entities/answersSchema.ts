import type {
  AnswerRules,
  Archetype,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { answerWords } from './answerWords';

type Schema = Record<string, any>;

/** What a parameter may say of itself in a pack under `x-bailiwick`. */
interface Hints extends AnswerRules {
  /** Offers the distinct values of a data set's column. */
  options?: { dataset: string; column: string };
  /** Takes validation and description from a word of the vocabulary. */
  vocabulary?: string;
}

function optionsOf(
  pack: DomainPack,
  { dataset, column }: NonNullable<Hints['options']>,
): string[] | undefined {
  return pack.spec.datasets.find(({ name }) => name === dataset)?.options?.[
    column
  ];
}

/** The field that checks a text while one types; it shows what is wrong itself. */
function textField(notBefore: string | undefined, siblings: Schema): Schema {
  const title = notBefore && (siblings[notBefore]?.title ?? notBefore);
  return {
    'ui:field': 'BailiwickTextAnswer',
    'ui:hideError': true,
    ...(notBefore && {
      'ui:options': { notBefore: { name: notBefore, title } },
    }),
  };
}

function resolve(
  pack: DomainPack,
  schema: Schema,
  siblings: Schema = {},
): Schema {
  const { 'x-bailiwick': hints, ...own } = schema as Schema & {
    'x-bailiwick'?: Hints;
  };
  const word = pack.spec.vocabulary.find(
    ({ name }) => name === hints?.vocabulary,
  );
  const resolved: Schema = {
    ...(word?.description && { description: word.description }),
    ...word?.schema,
    ...own,
  };
  if (resolved.items) resolved.items = resolve(pack, resolved.items);
  if (resolved.properties) {
    resolved.properties = Object.fromEntries(
      Object.entries(resolved.properties as Schema).map(([name, property]) => [
        name,
        resolve(pack, property, resolved.properties),
      ]),
    );
  }
  const options = hints?.options && optionsOf(pack, hints.options);
  if (options) resolved.enum = options;
  else Object.assign(resolved, answerWords(resolved, word?.examples?.[0]));
  if (resolved.type === 'string' && !resolved.enum) {
    Object.assign(resolved, textField(hints?.notBefore, siblings));
  }
  // A short choice of several reads best as boxes to tick.
  if (resolved.type === 'array' && resolved.items?.enum) {
    resolved.uniqueItems = true;
    resolved['ui:widget'] = 'checkboxes';
  }
  return resolved;
}

/**
 * The second step of an archetype's form: its parameters as JSON Schema, with the hints under
 * `x-bailiwick` carried out: validation from vocabulary types, options from data sets, the order of answers.
 */
export function answersSchema(pack: DomainPack, archetype: Archetype): Schema {
  return { title: archetype.title, ...resolve(pack, archetype.parameters) };
}
