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
import { Stack } from '../layout/Stack';
import { ActionFailure } from './ActionFailure';

const useStyles = makeStyles(({ palette }) => ({
  paper: { overflowWrap: 'anywhere' },
  destructive: {
    color: palette.error.contrastText,
    backgroundColor: palette.error.main,
    '&:hover': { backgroundColor: palette.error.dark },
  },
}));

/** Properties of a {@link ConfirmDialog}. @public */
export interface ConfirmDialogProps {
  title: ReactNode;
  children?: ReactNode;
  /** Shown below the typed text and the reason. */
  footer?: ReactNode;
  /** Label of the confirmation button; without a label there is no button. */
  confirm?: string;
  /** Label of the confirmation button while the action runs. */
  busy?: string;
  /** Label of the cancel button. */
  cancel?: string;
  /** Whether the action can't be confirmed. */
  isDisabled?: boolean;
  /** Whether the dialog can't be closed. */
  isLocked?: boolean;
  /** Whether the action deletes permanently. */
  isDestructive?: boolean;
  /** Whether the dialog stays open after the action, to show its outcome. */
  staysOpen?: boolean;
  /** Outcome of the action; replaces everything except the title. */
  outcome?: ReactNode;
  /** Requires a reason: a help text that names its readers, and an initial value. */
  reason?: { help: string; initial?: string };
  maxWidth?: 'sm' | 'md';
  /** Text that the user must type to confirm. */
  typed?: string;
  /** Label of the text field. */
  typedLabel?: string;
  onClose: () => void;
  /** Runs the action, with the reason if one is required; a rejection is shown in the dialog. */
  onConfirm?: (reason: string) => Promise<unknown>;
}

/** Describes an action, runs it after confirmation, and shows the reason of a failure. @public */
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
  outcome,
  reason,
  staysOpen = false,
  title,
  typed,
  typedLabel = `Type ${typed} to confirm`,
}: ConfirmDialogProps) {
  const titleId = useId();
  const typedId = useId();
  const reasonId = useId();
  const classes = useStyles();
  const { breakpoints } = useTheme();
  const isNarrow = useMediaQuery(breakpoints.down('xs'));
  const [text, setText] = useState('');
  const [why, setWhy] = useState(reason?.initial ?? '');
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm?.(why.trim());
      if (!staysOpen) onClose();
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setBusy(false);
    }
  };
  const isComplete =
    (!typed || text === typed) && (!reason || why.trim() !== '');
  return (
    <Dialog
      open
      fullWidth
      maxWidth={maxWidth}
      fullScreen={isNarrow && maxWidth === 'md'}
      onClose={() => isLocked || onClose()}
      aria-labelledby={titleId}
      PaperProps={{ className: classes.paper }}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <Stack>
          {outcome ?? (
            <>
              {children}
              {typed && (
                <TextField
                  id={typedId}
                  label={typedLabel}
                  variant="outlined"
                  autoComplete="off"
                  value={text}
                  error={!typed.startsWith(text)}
                  onChange={({ target }) => setText(target.value)}
                />
              )}
              {reason && (
                <TextField
                  id={reasonId}
                  label="Reason"
                  helperText={reason.help}
                  variant="outlined"
                  multiline
                  minRows={2}
                  required
                  inputProps={{ maxLength: 500 }}
                  value={why}
                  onChange={({ target }) => setWhy(target.value)}
                />
              )}
              {footer}
              {error && <ActionFailure error={error} />}
            </>
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button disabled={isLocked} onClick={onClose}>
          {isBusy || outcome ? 'Close' : cancel}
        </Button>
        {confirm && !outcome && (
          <Button
            variant="contained"
            color={isDestructive ? 'default' : 'primary'}
            className={isDestructive ? classes.destructive : undefined}
            disabled={isDisabled || !isComplete || isBusy || isLocked}
            onClick={run}
          >
            {(isBusy && busy) || confirm}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
