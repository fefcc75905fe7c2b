import { InfoCard } from '@backstage/core-components';
import {
  ratio,
  type Tenant,
  type TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  LinearProgress,
  makeStyles,
  Tooltip,
  Typography,
} from '@material-ui/core';

import { formatByteQuantity, formatCpu } from '../../formatLimits';

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
        <>
          <UsageBar
            title="CPU"
            used={used.cpu}
            limit={limit.cpu}
            words={formatCpu}
          />
          <UsageBar
            title="Memory"
            used={used.memory}
            limit={limit.memory}
            words={formatByteQuantity}
          />
          <UsageBar
            title="Pods"
            used={String(used.pods)}
            limit={String(limit.pods)}
          />
          <UsageBar
            title="Apps"
            used={String(used.apps)}
            limit={String(limit.apps)}
          />
        </>
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
  title,
  used,
  words = amount => amount,
}: {
  limit: string;
  title: string;
  used: string;
  /** An amount with its unit. */
  words?: (amount: string) => string;
}) {
  const classes = useStyles();
  const share = `${words(used)} of ${words(limit)}`;
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
