import type {
  Archetype,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  mergeVocabulary,
  type AnswerCondition,
  type AnswerRules,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { fieldOf } from './answerFields';
import { errorMessages } from './errorMessages';
import { shownWhen } from './shownWhen';

type Schema = Record<string, any>;

/** What a parameter may say of itself in a pack under `x-bailiwick`. */
interface Hints extends AnswerRules {
  /** Offers the distinct values of a data set's column. */
  options?: { dataset: string; column: string };
  /** Takes validation and description from a word of the vocabulary. */
  vocabulary?: string;
}

/** The values that a column offers, and what people call them. */
function optionsOf(
  { spec }: DomainPack,
  { column, dataset }: NonNullable<Hints['options']>,
): Schema | undefined {
  const found = spec.datasets.find(({ name }) => name === dataset);
  const values = found?.options?.[column];
  const labels = found?.labels?.[column];
  if (!values) return undefined;
  return {
    enum: values,
    ...(labels && { enumNames: values.map(value => labels[value] ?? value) }),
  };
}

/** Which parameters show only with certain answers to others. */
function conditionsOf(properties: Schema): Record<string, AnswerCondition> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) => {
      const condition = (schema?.['x-bailiwick'] as Hints | undefined)?.when;
      return condition ? [[name, condition]] : [];
    }),
  );
}

function resolve(
  pack: DomainPack,
  schema: Schema,
  siblings: Schema = {},
): Schema {
  const hints: Hints | undefined = schema['x-bailiwick'];
  const { schema: described, word } = mergeVocabulary(
    schema,
    pack.spec.vocabulary,
  );
  const resolved: Schema = {
    ...(word?.description && { description: word.description }),
    ...described,
  };
  if (resolved.items) resolved.items = resolve(pack, resolved.items);
  if (resolved.properties) {
    const conditions = conditionsOf(resolved.properties);
    // Forms put what depends on an answer last, unless they are told otherwise.
    if (Object.keys(conditions).length > 0)
      resolved['ui:order'] ??= Object.keys(resolved.properties);
    resolved.properties = Object.fromEntries(
      Object.entries(resolved.properties as Schema).map(([name, property]) => [
        name,
        resolve(pack, property, resolved.properties),
      ]),
    );
    Object.assign(
      resolved,
      shownWhen(resolved.properties, conditions, resolved.required),
    );
  }
  const options = hints?.options && optionsOf(pack, hints.options);
  if (options) Object.assign(resolved, options);
  else Object.assign(resolved, errorMessages(resolved, word?.examples?.[0]));
  if (!resolved.enum) {
    Object.assign(
      resolved,
      fieldOf(resolved.type, word?.unit, hints?.notBefore, siblings),
    );
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

/** What the environment sets, as a step of its own; `undefined` when there is nothing to set. */
export function settingsSchema(
  pack: DomainPack,
  { settings }: Archetype,
): Schema | undefined {
  const properties = Object.keys((settings?.properties ?? {}) as Schema);
  if (!settings || properties.length === 0) return undefined;
  return {
    title: 'Settings',
    properties: {
      settings: {
        title: 'In this environment',
        description: 'Each environment of the app has its own.',
        ...resolve(pack, settings),
      },
    },
  };
}
