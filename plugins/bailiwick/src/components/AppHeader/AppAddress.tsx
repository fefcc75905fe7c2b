import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core';
import { useGatewayUrl } from '../useGatewayUrl';
import { dataAddress } from './dataAddress';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    maxWidth: '100%',
    minWidth: 0,
    height: 28,
  },
  // The ends of addresses differ between apps, so the beginning is truncated.
  text: {
    maxWidth: 'min(420px, 60vw)',
    // Beside the navigation.
    [theme.breakpoints.up('sm')]: { maxWidth: 'min(420px, 100vw - 360px)' },
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    direction: 'rtl',
    fontFamily: 'monospace',
    fontSize: theme.typography.body2.fontSize,
  },
  copy: {
    '& button, & button:hover': {
      padding: theme.spacing(0.5),
      color: theme.palette.text.secondary,
      backgroundColor: 'transparent',
    },
    '& svg': { fontSize: 18 },
  },
}));

/** The address of an app's data with a button to copy it; a dash before the app runs for the first time. */
export function AppAddress({ app }: { app?: AppView }) {
  const classes = useStyles();
  const gateway = useGatewayUrl();
  const address = app && dataAddress(app, gateway);
  if (!address) return <span className={classes.root}>–</span>;
  const { environment, url } = address;
  return (
    <span className={classes.root}>
      <code className={classes.text} title={`${url} (${environment})`}>
        <bdi>{url}</bdi>
      </code>
      <span className={classes.copy}>
        <CopyTextButton
          text={url}
          tooltipText="Copied"
          aria-label={`Copy the address in ${environment}`}
        />
      </span>
    </span>
  );
}
