import { makeStyles, MenuItem, TextField } from '@material-ui/core';
import { useId } from 'react';

const useStyles = makeStyles({ root: { minWidth: 130, maxWidth: '100%' } });

/** One of several, such as an environment. */
export function SelectField({
  label,
  onChange,
  options,
  value,
}: {
  label: string;
  onChange: (value: string) => void;
  options: { value: string; label: string }[];
  value: string;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <TextField
      select
      id={id}
      label={label}
      size="small"
      variant="outlined"
      className={classes.root}
      value={value}
      InputLabelProps={{ shrink: true, htmlFor: id }}
      SelectProps={{ displayEmpty: true, SelectDisplayProps: { id } }}
      onChange={({ target }) => onChange(target.value)}
    >
      {options.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
