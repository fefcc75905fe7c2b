/** Names that every app has beside its answers, and names of templates. */
export const takenNames = [
  'name',
  'title',
  'description',
  'tenant',
  'owner',
  'place',
  'preflight',
  'settings',
];
/** Syntax of parameter names: templates use `values.<name>`. */
export const parameterName = /^[a-z][A-Za-z0-9_]*$/;
