import { InfoCard } from '@backstage/core-components';
import {
  ConditionList,
  formatMessage,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, makeStyles, Typography } from '@material-ui/core';
import { AppList } from '../../AppList';
import { CreateAppButton } from '../../CreateAppButton';
import type { TenantFacts } from '../facts/TenantFacts';
import { AboutCard } from './AboutCard';
import { EndCard } from './EndCard';
import { EnvironmentCard } from './EnvironmentCard';

const useStyles = makeStyles(theme => ({
  column: { display: 'grid', gap: theme.spacing(3) },
  environments: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 280px), 1fr))',
    gap: theme.spacing(3),
  },
}));

/** Description, health, usage and apps of the tenant. */
export function OverviewTab({ facts }: { facts: TenantFacts }) {
  const classes = useStyles();
  const { apps, live, tenant } = facts;
  const { spec, status } = tenant;
  return (
    <Grid container spacing={3} alignItems="flex-start">
      <Grid item xs={12} className={classes.environments}>
        {spec.environments.map(environment => (
          <EnvironmentCard
            key={environment.name}
            environment={environment}
            status={status?.environments?.find(
              ({ name }) => name === environment.name,
            )}
          />
        ))}
      </Grid>
      <Grid item xs={12} md={6} className={classes.column}>
        <AboutCard facts={facts} />
        <EndCard facts={facts} />
      </Grid>
      <Grid item xs={12} md={6} className={classes.column}>
        <InfoCard title="Apps">
          <Stack>
            <LiveContent
              live={live.apps}
              what="Apps"
              isEmpty={() => apps.length === 0}
              empty={<Typography color="textSecondary">No apps yet</Typography>}
            >
              {() => (
                <AppList
                  apps={apps}
                  tenantTitle={name => tenant.spec.title ?? name}
                />
              )}
            </LiveContent>
            <div>
              <CreateAppButton in={[tenant]} tenant={tenant.metadata.name} />
            </div>
          </Stack>
        </InfoCard>
        <InfoCard title="State">
          {status?.conditions?.length ? (
            <ConditionList
              conditions={status.conditions.map(condition => ({
                ...condition,
                message: formatMessage(condition.message, {
                  [tenant.metadata.name]: tenant.spec.title,
                }),
              }))}
            />
          ) : (
            <Typography color="textSecondary">
              No status yet. Wait a moment.
            </Typography>
          )}
        </InfoCard>
      </Grid>
    </Grid>
  );
}
