import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    paddingLeft: theme.spacing(1),
  },
  text: {
    flex: 1,
    padding: theme.spacing(1, 0),
    fontFamily: 'monospace',
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
  },
  long: { maxHeight: '24em', overflowY: 'auto' },
}));

/** Text with a button that copies it. Long texts scroll. @public */
export function CopyText({ label, text }: { label: string; text: string }) {
  const classes = useStyles();
  const isLong = text.split('\n').length > 15;
  return (
    <div className={classes.root}>
      <code
        // Readers scroll with the keyboard, too.
        {...(isLong && { tabIndex: 0, role: 'region', 'aria-label': label })}
        className={isLong ? `${classes.text} ${classes.long}` : classes.text}
      >
        {text}
      </code>
      <CopyTextButton
        text={text}
        variant="tertiary"
        tooltipText="Copied"
        aria-label={`Copy ${label}`}
      />
    </div>
  );
}
