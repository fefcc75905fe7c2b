import { InfoCard } from '@backstage/core-components';
import type {
  AppView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { IconButton, makeStyles } from '@material-ui/core';
import CloseIcon from '@material-ui/icons/Close';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useRef } from 'react';
import { usePodLog } from './usePodLog';

const useStyles = makeStyles(theme => ({
  log: {
    width: '100%',
    boxSizing: 'border-box',
    resize: 'vertical',
    border: `1px solid ${theme.palette.divider}`,
    fontFamily: 'monospace',
    padding: theme.spacing(1),
    fontSize: 13,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: theme.palette.background.default,
    color: theme.palette.text.primary,
  },
}));

/** The log of one pod; follows its end while one is there. */
export function PodLog({
  app,
  onClose,
  pod,
}: {
  app: AppView;
  onClose: () => void;
  pod: PodView;
}) {
  const classes = useStyles();
  const { error, text } = usePodLog(app, pod);
  const box = useRef<HTMLTextAreaElement>(null);
  const atEnd = useRef(true);

  useEffect(() => {
    if (box.current && atEnd.current)
      box.current.scrollTop = box.current.scrollHeight;
  }, [text]);

  return (
    <InfoCard
      title={`Log of ${pod.name}`}
      action={
        <IconButton onClick={onClose} aria-label="Close the log">
          <CloseIcon />
        </IconButton>
      }
    >
      {error && (
        <Alert severity="error">
          The log cannot be read: {error.message}. The app itself is not
          affected.
        </Alert>
      )}
      <textarea
        ref={box}
        readOnly
        rows={18}
        className={classes.log}
        aria-label={`Log of ${pod.name}`}
        placeholder="Nothing was logged yet."
        value={text}
        onScroll={({
          currentTarget: { clientHeight, scrollHeight, scrollTop },
        }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
        }}
      />
    </InfoCard>
  );
}
