import { InfoCard } from '@backstage/core-components';
import { makeStyles, Typography } from '@material-ui/core';
import { isAsker } from '../../change';
import { OffboardButton } from '../offboard';
import type { TenantFacts } from '../facts/TenantFacts';
import { CordonButton } from './CordonButton';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
}));

/** What closes or ends a tenant, for those who may ask for it. */
export function EndCard({ facts }: { facts: TenantFacts }) {
  const classes = useStyles();
  if (!isAsker(facts, 'offboard')) return null;
  return (
    <InfoCard title="Close or end">
      <div className={classes.root}>
        <Typography>
          {facts.tenant.spec.deletionProtection
            ? 'It is protected from deletion: nobody deletes it by accident. It goes only by a request that somebody else approves.'
            : 'It is not protected from deletion.'}
        </Typography>
        <CordonButton facts={facts} />
        <OffboardButton facts={facts} />
      </div>
    </InfoCard>
  );
}
