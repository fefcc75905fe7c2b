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
import { formatCost } from './formatCost';
import { formatLimits } from './formatLimits';
import { Names } from './Names';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
  },
  chosen: { borderColor: theme.palette.primary.main },
}));

/** Plans side by side: limits, price and who decides. */
export function PlanChoice({
  current,
  environments,
  onChange,
  plans,
  value,
}: {
  /** The plan that is had already. */
  current?: string;
  /** What would run with the plan. */
  environments: Pick<TenantEnvironment, 'limits'>[];
  onChange: (plan: string) => void;
  plans: Plan[];
  value: string;
}) {
  const classes = useStyles();
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
              <FormControlLabel
                value={metadata.name}
                control={<Radio color="primary" />}
                label={
                  metadata.name === current ? `${spec.title} (now)` : spec.title
                }
              />
              <Typography variant="body2" color="textSecondary" paragraph>
                {spec.description}
              </Typography>
              <Facts
                facts={[
                  ['Each environment', formatLimits(spec.perEnvironment)],
                  ['Environments', `at most ${spec.environments.max}`],
                  ['Costs', formatCost(plan, environments)],
                  [
                    'Lasts',
                    spec.maxLifetime
                      ? `${formatDuration(
                          spec.maxLifetime,
                        )}, then renew or delete it`
                      : 'no expiry',
                  ],
                  [
                    'Decided by',
                    <>
                      {spec.approval.rules.length > 0 &&
                        'a rule if one applies, otherwise '}
                      <Names of={spec.approval.deciders} />
                    </>,
                  ],
                ]}
              />
            </CardContent>
          </Card>
        );
      })}
    </RadioGroup>
  );
}
