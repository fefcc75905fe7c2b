import type {
  Archetype,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  answerChoices,
  choiceLabel,
  columnOptions,
  textRule,
  mergeVocabulary,
  type AnswerChoices,
  type AnswerCondition,
  type AnswerRules,
  type ColumnOptions,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { choiceField, fieldOf } from './fieldOf';
import { errorMessages } from './errorMessages';
import { shownWhen } from './shownWhen';

/** JSON Schema of a form, with `ui:` hints for its fields. */
export type FormSchema = Record<string, any>;

/** Hints for a parameter under `x-bailiwick` in a pack. */
interface Hints extends AnswerRules {
  /** Offers the distinct values of a data set's column. */
  options?: ColumnOptions;
  /** Vocabulary word whose validation and description apply. */
  vocabulary?: string;
}

/** Returns the choices of a parameter, or of each item of a list, with labels. */
function enumOf(choices: AnswerChoices): FormSchema {
  return {
    enum: choices.values,
    ...(Object.keys(choices.labels).length > 0 && {
      enumNames: choices.values.map(value => choiceLabel(choices, value)),
    }),
  };
}

/**
 * Returns the checks of a text's format; the form's own validator does not know the formats of packs, and accepts times
 * without an offset.
 */
function formatHints(format: unknown): FormSchema {
  const rule = textRule(format);
  return rule
    ? {
        pattern: rule.pattern,
        textFormat: format,
        errorMessage: { pattern: `must be ${rule.words}` },
      }
    : {};
}

/** Returns the conditions of parameters that depend on other answers. */
function conditionsOf(properties: FormSchema): Record<string, AnswerCondition> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) => {
      const condition = (schema?.['x-bailiwick'] as Hints | undefined)?.when;
      return condition ? [[name, condition]] : [];
    }),
  );
}

function resolve(
  pack: DomainPack,
  schema: FormSchema,
  siblings: FormSchema = {},
): FormSchema {
  const hints: Hints | undefined = schema['x-bailiwick'];
  const { schema: described, word } = mergeVocabulary(
    schema,
    pack.spec.vocabulary,
  );
  const resolved: FormSchema = {
    ...(word?.description && { description: word.description }),
    ...described,
    ...formatHints(described.format),
  };
  if (resolved.textFormat) delete resolved.format;
  if (resolved.items) resolved.items = resolve(pack, resolved.items);
  if (resolved.properties) {
    const conditions = conditionsOf(resolved.properties);
    // Forms put dependent questions last by default.
    if (Object.keys(conditions).length > 0)
      resolved['ui:order'] ??= Object.keys(resolved.properties);
    resolved.properties = Object.fromEntries(
      Object.entries(resolved.properties as FormSchema).map(
        ([name, property]) => [
          name,
          resolve(pack, property, resolved.properties),
        ],
      ),
    );
    Object.assign(
      resolved,
      shownWhen(resolved.properties, conditions, resolved.required),
    );
  }
  const choices =
    hints?.options && answerChoices(pack.spec.datasets, hints.options);
  if (choices) Object.assign(resolved, enumOf(choices));
  else Object.assign(resolved, errorMessages(resolved, word?.examples?.[0]));
  if (!resolved.enum) {
    Object.assign(
      resolved,
      fieldOf(resolved.type, word?.unit, hints?.notBefore, siblings),
    );
  }
  const options = columnOptions(schema);
  const narrowed =
    options && answerChoices(pack.spec.datasets, options)?.narrowed;
  if (narrowed && resolved.title) {
    Object.assign(resolved, choiceField(narrowed, siblings));
    if (resolved.type === 'array') resolved.uniqueItems = true;
  }
  // A short choice of several reads best as boxes to tick.
  else if (resolved.type === 'array' && resolved.items?.enum) {
    resolved.uniqueItems = true;
    resolved['ui:widget'] = 'checkboxes';
  }
  return resolved;
}

/**
 * Returns the form of an archetype: its parameters as JSON Schema, with the hints under `x-bailiwick` applied:
 * validation by vocabulary types, options from datasets, and the order.
 */
export function formSchema(
  pack: DomainPack,
  { parameters }: Archetype,
): FormSchema {
  return resolve(pack, parameters);
}

/** Settings of the environment, as a section of the form; `undefined` when there is nothing to set. */
export function settingsSchema(
  pack: DomainPack,
  { settings }: Archetype,
): FormSchema | undefined {
  const properties = Object.keys((settings?.properties ?? {}) as FormSchema);
  if (!settings || properties.length === 0) return undefined;
  return {
    title: 'In this environment',
    description: 'Settings of this environment; each environment has its own.',
    ...resolve(pack, settings),
  };
}
