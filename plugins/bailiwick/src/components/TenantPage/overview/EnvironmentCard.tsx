import { InfoCard } from '@backstage/core-components';
import {
  resourceNames,
  resources,
  type ResourceName,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { ratio } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  LinearProgress,
  makeStyles,
  Tooltip,
  Typography,
} from '@material-ui/core';

import { formatUnit } from '../../formatLimits';

type EnvironmentStatus = NonNullable<
  NonNullable<Tenant['status']>['environments']
>[number];

const useStyles = makeStyles(theme => ({
  bar: { marginBottom: theme.spacing(2) },
  line: { display: 'flex', justifyContent: 'space-between' },
}));

/** One environment: whether it is ready, and what is used of its limits. */
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
        ready ? 'Ready' : 'Being set up',
        environment.protected && 'protected: takes only releases',
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
            <UsageBar
              key={name}
              resource={name}
              used={String(used[name] ?? 0)}
              limit={String(limit[name])}
            />
          ))
      ) : (
        <Typography color="textSecondary">
          What is used shows here as soon as it is set up.
        </Typography>
      )}
    </InfoCard>
  );
}

function UsageBar({
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
  const value = Math.min(100, 100 * ratio(used, limit));
  return (
    <div className={classes.bar}>
      <div className={classes.line}>
        <Typography variant="body2">{title}</Typography>
        <Typography variant="body2">{share}</Typography>
      </div>
      <LinearProgress
        variant="determinate"
        value={value}
        color={value > 80 ? 'secondary' : 'primary'}
        aria-label={`${title}: ${share} used`}
      />
    </div>
  );
}
