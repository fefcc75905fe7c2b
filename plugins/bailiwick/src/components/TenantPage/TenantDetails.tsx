import { InfoCard } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  AppView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  ConditionList,
  Facts,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, makeStyles, Typography } from '@material-ui/core';
import { AppList } from '../AppList';
import { MakeAppButton } from '../MakeAppButton';
import { EnvironmentCard } from './EnvironmentCard';

const useStyles = makeStyles(theme => ({
  apps: { display: 'grid', gap: theme.spacing(2) },
  column: { display: 'grid', gap: theme.spacing(3) },
  rowEnd: { '&&': { padding: 0 } },
}));

/** A tenant: what its environments use, its apps, members, conditions and terms. */
export function TenantDetails({
  apps,
  tenant,
}: {
  apps: AppView[];
  tenant: TenantView;
}) {
  const classes = useStyles();
  const { spec, status } = tenant;
  const members = [
    ...spec.owners.map(subject => ({ subject, role: 'owner' })),
    ...spec.members,
  ];
  return (
    <Grid container spacing={3} alignItems="flex-start">
      {spec.environments.map(environment => (
        <Grid item xs={12} sm={6} lg={4} key={environment.name}>
          <EnvironmentCard
            environment={environment}
            status={status?.environments?.find(
              ({ name }) => name === environment.name,
            )}
          />
        </Grid>
      ))}
      {/* The columns begin together below the environments. */}
      <Grid item xs={12} className={classes.rowEnd} />
      <Grid item xs={12} md={6} className={classes.column}>
        <InfoCard title="Apps">
          <div className={classes.apps}>
            {apps.length > 0 ? (
              <AppList apps={apps} />
            ) : (
              <Typography color="textSecondary">No app yet.</Typography>
            )}
            <div>
              <MakeAppButton in={[tenant]} />
            </div>
          </div>
        </InfoCard>
        <InfoCard title="Members">
          <Facts
            facts={members.map(({ role, subject }) => [
              role,
              <EntityRefLink key={subject} entityRef={subject} />,
            ])}
          />
        </InfoCard>
      </Grid>
      <Grid item xs={12} md={6} className={classes.column}>
        <InfoCard title="State">
          <ConditionList conditions={status?.conditions} />
        </InfoCard>
        <InfoCard title="Terms">
          <Facts
            facts={[
              ['Plan', spec.plan],
              ['Domains', spec.domains.join(', ') || 'none'],
              ['Cost centre', spec.costCentre ?? 'not given'],
              ['Ends', spec.expiresAt?.slice(0, 10) ?? 'never'],
              [
                'Protected from deletion',
                spec.deletionProtection ? 'yes' : 'no',
              ],
            ]}
          />
        </InfoCard>
      </Grid>
    </Grid>
  );
}
