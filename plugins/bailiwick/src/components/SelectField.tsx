import {
  makeStyles,
  MenuItem,
  TextField,
  type TextFieldProps,
} from '@material-ui/core';
import { useId } from 'react';

const useStyles = makeStyles({ root: { maxWidth: '100%' } });

/** Least width in pixels, also for a label, which does not widen a field: its characters, and the space beside it. */
const leastWidth = (label: string) => Math.max(130, 7 * label.length + 36);

/** One of several, such as an environment. */
export function SelectField({
  helperText,
  hidesLabel = false,
  label,
  onChange,
  options,
  size = 'small',
  value,
}: Pick<TextFieldProps, 'helperText' | 'size'> & {
  /**
   * Whether the label is for screen readers only, because its gray would have too little contrast on the background.
   */
  hidesLabel?: boolean;
  label: string;
  onChange: (value: string) => void;
  /** Options; a text is its own label. */
  options: readonly (string | { value: string; label: string })[];
  value: string;
}) {
  const classes = useStyles();
  const id = useId();
  const all = options.map(one =>
    typeof one === 'string' ? { value: one, label: one } : one,
  );
  const chosen = all.find(one => one.value === value)?.label;
  return (
    <TextField
      select
      id={id}
      label={hidesLabel ? undefined : label}
      size={size}
      variant="outlined"
      className={classes.root}
      style={{ minWidth: hidesLabel ? undefined : leastWidth(label) }}
      value={value}
      helperText={helperText}
      InputLabelProps={{ shrink: true, htmlFor: id }}
      SelectProps={{
        displayEmpty: true,
        SelectDisplayProps: hidesLabel
          ? { 'aria-label': `${label}: ${chosen}` }
          : { id },
      }}
      onChange={({ target }) => onChange(target.value)}
    >
      {all.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
