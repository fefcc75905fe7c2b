import { makeStyles } from '@material-ui/core';
import { useAppAddress } from '../AppLink';
import { useDeployment } from '../useDeployment';
import { DeliveryCard } from './DeliveryCard';
import { DeploymentCard } from './DeploymentCard';
import { isRefused } from './MembersOnly';
import { ReadinessCard } from './ReadinessCard';

const useStyles = makeStyles(theme => ({
  /** Beside one another where there is room. */
  pair: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 320px), 1fr))',
    alignItems: 'start',
    '& > *': { minWidth: 0 },
  },
}));

/**
 * An app at a glance: how it is and what runs where, what it gives to whom, and what it needs before others
 * rely on it. One stream is behind all of it, as a browser has few.
 */
export function AppCards() {
  const classes = useStyles();
  const addressOf = useAppAddress();
  const { app, live } = useDeployment();
  if (!app) return null;
  const page = addressOf(app);
  return (
    <>
      <DeploymentCard live={live} page={page} />
      {!isRefused(live) && (
        <div className={classes.pair}>
          <DeliveryCard live={live} page={page} />
          <ReadinessCard live={live} />
        </div>
      )}
    </>
  );
}
