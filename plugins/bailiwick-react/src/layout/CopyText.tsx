import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    paddingLeft: theme.spacing(1),
  },
  text: {
    flex: 1,
    fontFamily: 'monospace',
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
  },
}));

/** Text with a button that copies it. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <code className={classes.text}>{text}</code>
      <CopyTextButton
        text={text}
        variant="tertiary"
        tooltipText="Copied"
        aria-label={`Copy ${label}`}
      />
    </div>
  );
}
