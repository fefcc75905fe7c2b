import type { NarrowedChoices } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Schema = Record<string, any>;

/** Form field for text, as `formFields` of the frontend plugin registers it. */
export const textAnswer = 'BailiwickTextAnswer';

/** Form fields by JSON type. They validate during typing, and show their own error messages. */
const fields: Record<string, string> = {
  string: textAnswer,
  number: 'BailiwickNumberAnswer',
  integer: 'BailiwickNumberAnswer',
};

/** Returns the `ui:` part of a parameter's schema: its form field and options. */
export function fieldOf(
  type: unknown,
  unit: string | undefined,
  notBefore: string | undefined,
  siblings: Schema,
): Schema {
  const field = fields[String(type)];
  if (!field) return {};
  const title = notBefore && (siblings[notBefore]?.title ?? notBefore);
  const options = {
    ...(unit && field !== textAnswer && { unit }),
    ...(notBefore && { notBefore: { name: notBefore, title } }),
  };
  return {
    'ui:field': field,
    'ui:hideError': true,
    ...(Object.keys(options).length > 0 && { 'ui:options': options }),
  };
}

/** The `ui:` part of a parameter whose choices depend on the answer to another one. */
export function choiceField(
  { parameter, values }: NarrowedChoices,
  siblings: Schema,
): Schema {
  const title = siblings[parameter]?.title ?? parameter;
  return {
    'ui:field': 'BailiwickChoiceAnswer',
    'ui:hideError': true,
    'ui:options': { narrowed: { parameter, title, values } },
  };
}
