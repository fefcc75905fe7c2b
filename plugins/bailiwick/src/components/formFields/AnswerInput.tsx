import { readableColor } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, MenuItem, TextField } from '@material-ui/core';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  // The usual red is too pale to be read as small text.
  words: {
    '&.Mui-error': {
      color: readableColor(theme.palette, 'error'),
    },
  },
}));

/** A value with its label. */
interface Choice {
  value: string;
  label: string;
  isDisabled: boolean;
}

/**
 * A text or choice of a template's form that shows its problem during typing. The form's own messages are older: they
 * are from the last attempt to continue.
 */
export function AnswerInput<Value extends string | string[] = string>({
  choices,
  id,
  label,
  missing,
  endAdornment,
  explanation,
  onChange,
  problem,
  required,
  type,
  value,
}: {
  /** Values to choose from, several when the value is a list; any text is taken without them. */
  choices?: Choice[];
  id?: string;
  label?: string;
  /** Message if the field is required and empty. */
  missing: string;
  /** Content after the text, such as a unit. */
  endAdornment?: ReactNode;
  explanation?: string;
  onChange: (value: Value | undefined) => void;
  problem?: string | false;
  required?: boolean;
  /** Type of the input element. */
  type?: 'date' | 'number';
  value?: Value;
}) {
  const classes = useStyles();
  const root = useRef<HTMLDivElement>(null);
  // A message of the browser about the value before would block the form, also if the value was not typed.
  useEffect(() => {
    root.current
      ?.querySelectorAll('input')
      .forEach(input => input.setCustomValidity(''));
  }, [value]);
  return (
    <TextField
      ref={root}
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
      select={choices !== undefined}
      SelectProps={{ multiple: Array.isArray(value) }}
      value={value ?? ''}
      error={Boolean(problem)}
      helperText={problem || explanation}
      onChange={({ target }) => onChange((target.value as Value) || undefined)}
      inputProps={{
        ...(type === 'number' && { step: 'any' }),
        onInvalid: ({ currentTarget }: FormEvent<HTMLInputElement>) =>
          currentTarget.setCustomValidity(missing),
        onInput: ({ currentTarget }: FormEvent<HTMLInputElement>) =>
          currentTarget.setCustomValidity(''),
      }}
    >
      {choices?.map(({ isDisabled, label: name, value: one }) => (
        <MenuItem key={one} value={one} disabled={isDisabled}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
