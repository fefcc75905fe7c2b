import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import {
  appNameRules,
  brokenRules,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { TextField } from '@material-ui/core';

/** Value of the field: the name. */
export const appNameSchema = makeFieldSchema({ output: z => z.string() });

/** The name of an app, checked while one types. */
export function AppName({
  formData,
  idSchema,
  onChange,
  rawErrors = [],
  required,
  schema,
}: typeof appNameSchema.TProps) {
  const [broken] = formData ? brokenRules(appNameRules, formData) : [];
  const problem = broken ?? rawErrors[0];
  return (
    <TextField
      id={idSchema?.$id}
      label={schema.title}
      required={required}
      fullWidth
      margin="dense"
      value={formData ?? ''}
      error={Boolean(problem)}
      helperText={problem ?? schema.description}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
