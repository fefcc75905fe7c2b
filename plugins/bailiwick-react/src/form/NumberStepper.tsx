import {
  IconButton,
  InputAdornment,
  makeStyles,
  TextField,
  Typography,
} from '@material-ui/core';
import AddIcon from '@material-ui/icons/Add';
import RemoveIcon from '@material-ui/icons/Remove';
import { useState, type ReactNode } from 'react';

const useStyles = makeStyles({
  input: {
    textAlign: 'center',
    // The buttons replace those of the browser.
    '-moz-appearance': 'textfield',
    '&::-webkit-inner-spin-button, &::-webkit-outer-spin-button': {
      '-webkit-appearance': 'none',
      margin: 0,
    },
  },
});

/** Properties of {@link NumberStepper}. @public */
export interface NumberStepperProps {
  disabled?: boolean;
  error?: boolean;
  helperText?: ReactNode;
  id: string;
  label: string;
  /** Limits of the buttons; numbers beyond them can be typed, and the form validates them. */
  max: number;
  min: number;
  /** Called with `undefined` if the field is empty. */
  onChange: (value: number | undefined) => void;
  /** Step of the buttons and the arrow keys. */
  step: number;
  /** Shown after the number, such as `GiB`. */
  unit?: string;
  value: number | undefined;
}

/** A number field with a unit, step buttons and arrow keys. @public */
export function NumberStepper({
  disabled = false,
  error = false,
  helperText,
  id,
  label,
  max,
  min,
  onChange,
  step,
  unit,
  value,
}: NumberStepperProps) {
  const classes = useStyles();
  // What is being typed: "1." and an empty field would not survive otherwise.
  const [typed, setTyped] = useState<string>();
  const now = value ?? min;
  const stepTo = (to: number) => {
    setTyped(undefined);
    onChange(Math.min(max, Math.max(min, Math.round(to * 1000) / 1000)));
  };
  const stepButton = (what: string, to: number, icon: ReactNode) => (
    // Arrow keys do the same, so the keyboard needs no further stops.
    <IconButton
      size="small"
      tabIndex={-1}
      aria-label={`${what} ${label}`}
      aria-controls={id}
      disabled={disabled || (to > now ? now >= max : now <= min)}
      onClick={() => stepTo(to)}
    >
      {icon}
    </IconButton>
  );
  return (
    <TextField
      id={id}
      type="number"
      size="small"
      variant="outlined"
      label={label}
      disabled={disabled}
      error={error}
      helperText={helperText}
      value={typed ?? value ?? ''}
      InputLabelProps={{ shrink: true }}
      inputProps={{ className: classes.input, min, max, step }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            {stepButton('Decrease', now - step, <RemoveIcon />)}
          </InputAdornment>
        ),
        endAdornment: (
          <InputAdornment position="end">
            {unit && (
              <Typography component="span" variant="body2">
                {unit}
              </Typography>
            )}
            {stepButton('Increase', now + step, <AddIcon />)}
          </InputAdornment>
        ),
      }}
      onBlur={() => setTyped(undefined)}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(target.value === '' ? undefined : Number(target.value));
      }}
    />
  );
}
