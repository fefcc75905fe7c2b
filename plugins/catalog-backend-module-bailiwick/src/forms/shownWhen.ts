import type { AnswerCondition } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Schema = Record<string, any>;

/**
 * Shows parameters only for certain answers to another one, as JSON Schema does in forms: with `dependencies` of the
 * other, in which each of its answers adds its own parameters.
 *
 * @param properties - all parameters of the form
 * @param conditions - conditions by parameter
 * @param required - parameters that must be answered; hidden ones only while they are shown
 * @returns the properties that are always shown, and the dependencies, if any
 */
export function shownWhen(
  properties: Schema,
  conditions: Record<string, AnswerCondition>,
  required: string[] = [],
): Schema {
  const names = Object.keys(conditions);
  if (names.length === 0) return {};
  const always = Object.entries(properties).filter(
    ([name]) => !names.includes(name),
  );
  const others = new Set(names.map(name => conditions[name].parameter));
  const dependencies = [...others].map(other => {
    const answers: AnswerCondition['is'] =
      properties[other]?.type === 'boolean'
        ? [true, false]
        : properties[other]?.enum ?? [];
    const oneOf = answers.map(answer => {
      const shown = names.filter(
        name =>
          conditions[name].parameter === other &&
          conditions[name].is.includes(answer),
      );
      return {
        properties: {
          [other]: { enum: [answer] },
          ...Object.fromEntries(shown.map(name => [name, properties[name]])),
        },
        required: shown.filter(name => required.includes(name)),
      };
    });
    return [other, { oneOf }];
  });
  return {
    properties: Object.fromEntries(always),
    dependencies: Object.fromEntries(dependencies),
    required: required.filter(name => !names.includes(name)),
  };
}
