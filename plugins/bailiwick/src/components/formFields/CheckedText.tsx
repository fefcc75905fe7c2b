import { makeStyles, TextField } from '@material-ui/core';
import type { FormEvent, ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  // The usual red is too pale to be read as small text.
  words: {
    '&.Mui-error': {
      color:
        theme.palette.error[theme.palette.type === 'dark' ? 'light' : 'dark'],
    },
  },
}));

/**
 * A text of a template's form that says what is wrong with it while one types. The form's own
 * messages are older: they are from the last try to go on.
 */
export function CheckedText({
  id,
  label,
  missing,
  endAdornment,
  explanation,
  onChange,
  problem,
  required,
  type,
  value = '',
}: {
  id?: string;
  label?: string;
  /** What to do when it is required and empty. */
  missing: string;
  /** What stands after the text, such as a unit. */
  endAdornment?: ReactNode;
  explanation?: string;
  onChange: (value: string | undefined) => void;
  problem?: string;
  required?: boolean;
  /** What the browser offers to fill it in. */
  type?: 'date' | 'number';
  value?: string;
}) {
  const classes = useStyles();
  return (
    <TextField
      id={id}
      label={label}
      required={required}
      fullWidth
      type={type}
      // A browser shows how a date is written where the label would be.
      InputLabelProps={{
        classes: { root: classes.words },
        ...(type === 'date' && { shrink: true }),
      }}
      FormHelperTextProps={{ classes: { root: classes.words } }}
      InputProps={endAdornment ? { endAdornment } : undefined}
      margin="dense"
      value={value}
      error={Boolean(problem)}
      helperText={problem ?? explanation}
      onChange={({ target }) => onChange(target.value || undefined)}
      inputProps={{
        ...(type === 'number' && { step: 'any' }),
        onInvalid: ({ currentTarget }: FormEvent<HTMLInputElement>) =>
          currentTarget.setCustomValidity(missing),
        onInput: ({ currentTarget }: FormEvent<HTMLInputElement>) =>
          currentTarget.setCustomValidity(''),
      }}
    />
  );
}
