import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  makeStyles,
  TextField,
  useMediaQuery,
  useTheme,
} from '@material-ui/core';
import { useId, useState, type ReactNode } from 'react';
import { ActionFailure } from './ActionFailure';

const useStyles = makeStyles(theme => ({
  // Where it fills the screen, its parts stay together at the top.
  content: { display: 'grid', alignContent: 'start', gap: theme.spacing(2) },
}));

/** Properties of a {@link ConfirmDialog}. */
export interface ConfirmDialogProps {
  title: ReactNode;
  children?: ReactNode;
  /** Fields that stand below the typed text. */
  footer?: ReactNode;
  /** Label of the button that confirms; no button without it. */
  confirm?: string;
  /** Label of the same button while the action runs. */
  busy?: string;
  /** Label of the button that closes the dialog. */
  cancel?: string;
  /** Whether nothing can be confirmed as it is. */
  isDisabled?: boolean;
  /** Whether the dialog cannot be closed now. */
  isLocked?: boolean;
  /** Whether the action deletes something for good. */
  isDestructive?: boolean;
  /** Whether the dialog stays open after the action, to show its outcome. */
  staysOpen?: boolean;
  maxWidth?: 'sm' | 'md';
  /** Text to type before the action can be confirmed, and the label of its field. */
  typed?: { text: string; label?: string };
  onClose: () => void;
  /** Runs the action; a rejection is shown in the dialog. */
  onConfirm?: () => Promise<unknown>;
}

/** Describes an action, runs it when it is confirmed, and shows why it failed. */
export function ConfirmDialog({
  busy,
  cancel = 'Cancel',
  children,
  confirm,
  footer,
  isDestructive = false,
  isDisabled = false,
  isLocked = false,
  maxWidth = 'sm',
  onClose,
  onConfirm,
  staysOpen = false,
  title,
  typed,
}: ConfirmDialogProps) {
  const classes = useStyles();
  const titleId = useId();
  const typedId = useId();
  const { breakpoints } = useTheme();
  const isNarrow = useMediaQuery(breakpoints.down('xs'));
  const [text, setText] = useState('');
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm?.();
      if (!staysOpen) onClose();
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setBusy(false);
    }
  };
  const isConfirmed = !typed || text === typed.text;
  return (
    <Dialog
      open
      fullWidth
      maxWidth={maxWidth}
      fullScreen={isNarrow && maxWidth === 'md'}
      onClose={() => isLocked || onClose()}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent className={classes.content}>
        {children}
        {typed && (
          <TextField
            id={typedId}
            label={typed.label ?? `Type ${typed.text} to confirm`}
            variant="outlined"
            autoComplete="off"
            value={text}
            error={!typed.text.startsWith(text)}
            onChange={({ target }) => setText(target.value)}
          />
        )}
        {footer}
        {error && <ActionFailure error={error} />}
      </DialogContent>
      <DialogActions>
        <Button disabled={isLocked} onClick={onClose}>
          {isBusy ? 'Close' : cancel}
        </Button>
        {confirm && (
          <Button
            variant="contained"
            color={isDestructive ? 'secondary' : 'primary'}
            disabled={isDisabled || !isConfirmed || isBusy || isLocked}
            onClick={run}
          >
            {(isBusy && busy) || confirm}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
