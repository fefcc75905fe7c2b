import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  makeStyles,
  TextField,
  Typography,
} from '@material-ui/core';
import { useId, useState, type ReactNode } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { ActionFailure } from '../../ActionFailure';

const useStyles = makeStyles(theme => ({
  content: { display: 'grid', gap: theme.spacing(2) },
}));

/** Says what will happen to an app in an environment, and does it when that is confirmed. */
export function OperationDialog({
  act,
  children,
  isValid = true,
  onClose,
  send,
  title,
  typed,
  words,
}: {
  act: () => Promise<unknown>;
  /** What else is asked. */
  children?: ReactNode;
  isValid?: boolean;
  onClose: () => void;
  /** What the button says. */
  send: string;
  title: string;
  /** A name to type first. */
  typed?: string;
  /** What will happen. */
  words: string;
}) {
  const classes = useStyles();
  const titleId = useId();
  const typedId = useId();
  const [confirmed, setConfirmed] = useState('');
  const [state, run] = useAsyncFn(async () => {
    await act();
    onClose();
  }, [act, onClose]);
  const isConfirmed = typed === undefined || confirmed === typed;
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent className={classes.content}>
        <Typography>{words}</Typography>
        {children}
        {typed && (
          <TextField
            id={typedId}
            label={`Type ${typed} to confirm`}
            variant="outlined"
            autoComplete="off"
            value={confirmed}
            error={confirmed !== '' && !typed.startsWith(confirmed)}
            onChange={({ target }) => setConfirmed(target.value)}
          />
        )}
        {state.error && <ActionFailure error={state.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={!isValid || !isConfirmed || state.loading}
          onClick={run}
        >
          {send}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
