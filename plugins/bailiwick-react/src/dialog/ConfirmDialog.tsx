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

/** Properties of a {@link ConfirmDialog}. */
export interface ConfirmDialogProps {
  title: ReactNode;
  children?: ReactNode;
  /** Stands below the typed text and the reason. */
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
  /** What came of the action; replaces everything but the title. */
  outcome?: ReactNode;
  /** Asks for a reason without which nothing can be confirmed: who reads it, and a first proposal. */
  reason?: { help: string; initial?: string };
  maxWidth?: 'sm' | 'md';
  /** Text to type before the action can be confirmed. */
  typed?: string;
  /** Label of the field for it. */
  typedLabel?: string;
  onClose: () => void;
  /** Runs the action, with the reason if one is asked for; a rejection is shown in the dialog. */
  onConfirm?: (reason: string) => Promise<unknown>;
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
