import { InfoCard } from '@backstage/core-components';
import {
  resourceNames,
  resources,
  type ResourceName,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { ratio } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { makeStyles, Tooltip, Typography } from '@material-ui/core';

import { formatUnit } from '../../formatLimits';
import { UsageBar } from '../../UsageBar';

type EnvironmentStatus = NonNullable<
  NonNullable<Tenant['status']>['environments']
>[number];

const useStyles = makeStyles(theme => ({
  bar: { marginBottom: theme.spacing(2) },
  line: { display: 'flex', justifyContent: 'space-between' },
}));

/** One environment: readiness, and usage of its limits. */
export function EnvironmentCard({
  environment,
  status,
}: {
  environment: TenantEnvironment;
  status?: EnvironmentStatus;
}) {
  const { limit, namespace, ready, used } = status ?? {};
  return (
    <InfoCard
      title={
        <Tooltip title={namespace ? `Kubernetes namespace ${namespace}` : ''}>
          <span>{environment.name}</span>
        </Tooltip>
      }
      subheader={[
        ready ? 'Healthy' : 'Progressing: being created',
        environment.protected && 'protected: approved releases only',
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      {used && limit ? (
        resourceNames
          .filter(
            name =>
              resources[name].consumer !== 'volume' &&
              limit[name] !== undefined,
          )
          .map(name => (
            <Usage
              key={name}
              resource={name}
              used={String(used[name] ?? 0)}
              limit={String(limit[name])}
            />
          ))
      ) : (
        <Typography color="textSecondary">
          Usage appears here when the environment has been created.
        </Typography>
      )}
    </InfoCard>
  );
}

function Usage({
  limit,
  resource,
  used,
}: {
  limit: string;
  resource: ResourceName;
  used: string;
}) {
  const classes = useStyles();
  const { title } = resources[resource];
  const share = `${formatUnit(resource, used)} of ${formatUnit(
    resource,
    limit,
  )}`;
  return (
    <div className={classes.bar}>
      <div className={classes.line}>
        <Typography variant="body2">{title}</Typography>
        <Typography variant="body2">{share}</Typography>
      </div>
      <UsageBar label={`${title}: ${share} used`} share={ratio(used, limit)} />
    </div>
  );
}
