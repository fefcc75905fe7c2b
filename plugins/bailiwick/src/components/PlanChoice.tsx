import type {
  Plan,
  TenantEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  Facts,
  formatDuration,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Card,
  CardContent,
  FormControlLabel,
  makeStyles,
  Radio,
  RadioGroup,
  Typography,
} from '@material-ui/core';
import type { ReactNode } from 'react';
import { formatCost } from './formatCost';
import { formatLimits } from './formatLimits';
import { Names } from './Names';

type Fact = [term: string, what: ReactNode];

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
  },
  cost: { fontWeight: 600 },
  chosen: { borderColor: theme.palette.primary.main },
}));

/** Returns the price of a plan for environments, as far as it allows them. */
function costOf(
  plan: Plan,
  environments: Pick<TenantEnvironment, 'limits'>[],
): string {
  const priced = environments.slice(0, plan.spec.environments.max);
  const scope =
    priced.length > 1 ? `for ${priced.length} environments` : 'per environment';
  return formatCost(plan, priced, scope);
}

/** Plans under one another: limits, price, and who decides where that differs. */
export function PlanChoice({
  current,
  environments,
  onChange,
  plans,
  value,
}: {
  /** The plan that is had already. */
  current?: string;
  /** Environments that the price covers, as far as the plan allows them. */
  environments: Pick<TenantEnvironment, 'limits'>[];
  onChange: (plan: string) => void;
  plans: Plan[];
  value: string;
}) {
  const classes = useStyles();
  const differInApproval = new Set(plans.map(approvalKey)).size > 1;
  return (
    <RadioGroup
      aria-label="Plan"
      className={classes.root}
      value={value}
      onChange={(_event, plan) => onChange(plan)}
    >
      {plans.map(plan => {
        const { metadata, spec } = plan;
        return (
          <Card
            key={metadata.name}
            variant="outlined"
            className={metadata.name === value ? classes.chosen : ''}
          >
            <CardContent>
              <div className={classes.heading}>
                <FormControlLabel
                  value={metadata.name}
                  control={<Radio color="primary" />}
                  label={
                    metadata.name === current
                      ? `${spec.title} (current)`
                      : spec.title
                  }
                />
                <Typography className={classes.cost}>
                  {costOf(plan, environments)}
                </Typography>
              </div>
              <Typography variant="body2" color="textSecondary" paragraph>
                {spec.description}
              </Typography>
              <Facts
                facts={[
                  ['Each environment', formatLimits(spec.perEnvironment)],
                  ['Environments', `at most ${spec.environments.max}`],
                  [
                    'Lifetime',
                    spec.maxLifetime
                      ? `${formatDuration(spec.maxLifetime)}, renewable`
                      : 'no expiry',
                  ],
                  ...(differInApproval
                    ? [['Approval', <Approval of={plan} />] as Fact]
                    : []),
                ]}
              />
            </CardContent>
          </Card>
        );
      })}
    </RadioGroup>
  );
}

function Approval({
  of: {
    spec: { approval },
  },
}: {
  of: Plan;
}) {
  return (
    <>
      {approval.rules.length > 0 && 'by a rule if one applies, otherwise by '}
      <Names of={approval.deciders} />
    </>
  );
}

/** Plans with the same key have the same words about their approval. */
function approvalKey({ spec: { approval } }: Plan): string {
  return JSON.stringify([
    approval.rules.length > 0,
    [...approval.deciders].sort(),
  ]);
}
