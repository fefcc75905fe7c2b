/** Names of the form fields' extensions; {@link formFields} has a row for each. */
export const formFieldNames = [
  'place-picker',
  'app-name',
  'app-preflight',
  'choice-answer',
  'number-answer',
  'text-answer',
] as const;

/** One of {@link formFieldNames}. */
export type FormFieldName = (typeof formFieldNames)[number];
