import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { roleTitles } from '../roleTitles';
import { TenantLink } from '../TenantLink';
import { formatHighestUsage, usedMost } from '../TenantsPage/tenantFilters';
import { UsageBar } from '../UsageBar';
import { HomeCard } from './HomeCard';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gap: theme.spacing(2),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  usage: { marginTop: theme.spacing(1) },
  head: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    '& > :first-child': { fontWeight: 600, overflowWrap: 'anywhere' },
  },
}));

/** The reader's tenants: role, members, highest usage and expiry. */
export function HomeTenants({ tenants }: { tenants: TenantView[] }) {
  const classes = useStyles();
  if (tenants.length === 0) return null;
  return (
    <HomeCard title="Your tenants">
      <ul className={classes.list}>
        {tenants.map(tenant => {
          const { metadata, myRole, spec } = tenant;
          const used = usedMost(tenant);
          const usage = used && `highest usage: ${formatHighestUsage(used)}`;
          return (
            <li key={metadata.name}>
              <div className={classes.head}>
                <TenantLink name={metadata.name} title={spec.title} />
                <Typography variant="body2" color="textSecondary">
                  {myRole && roleTitles[myRole]}
                </Typography>
              </div>
              <Typography variant="body2" color="textSecondary">
                {formatCount(
                  spec.owners.length + spec.members.length,
                  'member',
                )}
                {usage && ` · ${usage}`}
                {spec.expiresAt && (
                  <>
                    {' · expires '}
                    <RelativeTime at={spec.expiresAt} />
                  </>
                )}
              </Typography>
              {used && usage && (
                <div className={classes.usage}>
                  <UsageBar label={usage} share={used.share} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </HomeCard>
  );
}
