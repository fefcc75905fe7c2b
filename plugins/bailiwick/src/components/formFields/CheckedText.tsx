import { TextField } from '@material-ui/core';
import type { FormEvent } from 'react';

/**
 * A text of a template's form that says what is wrong with it while one types. The form's own
 * messages are older: they are from the last try to go on.
 */
export function CheckedText({
  id,
  label,
  missing,
  explanation,
  onChange,
  problem,
  required,
  value = '',
}: {
  id?: string;
  label?: string;
  /** What to do when it is required and empty. */
  missing: string;
  explanation?: string;
  onChange: (value: string | undefined) => void;
  problem?: string;
  required?: boolean;
  value?: string;
}) {
  return (
    <TextField
      id={id}
      label={label}
      required={required}
      fullWidth
      margin="dense"
      value={value}
      error={Boolean(problem)}
      helperText={problem ?? explanation}
      onChange={({ target }) => onChange(target.value || undefined)}
      inputProps={{
        onInvalid: ({ currentTarget }: FormEvent<HTMLInputElement>) =>
          currentTarget.setCustomValidity(missing),
        onInput: ({ currentTarget }: FormEvent<HTMLInputElement>) =>
          currentTarget.setCustomValidity(''),
      }}
    />
  );
}
