import { Grid, makeStyles, Typography } from '@material-ui/core';
import { useState } from 'react';
import { ActionButton, RequestNote, underWay } from '../../change';
import type { TenantFacts } from '../facts/TenantFacts';
import { AddDialog } from './AddDialog';
import { EnvironmentPanel } from './EnvironmentPanel';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(3) },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    alignItems: 'center',
    justifyContent: 'space-between',
  },
}));

/** The environments of a tenant: state, rules, end, limits, and the ways to change them. */
export function EnvironmentsTab({ facts }: { facts: TenantFacts }) {
  const classes = useStyles();
  const [isAdding, setAdding] = useState(false);
  const { plan, requests, tenant } = facts;
  const { environments } = tenant.spec;
  const waiting = (['setEnvironments', 'renew'] as const).flatMap(
    action => underWay(requests, action) ?? [],
  );
  return (
    <div className={classes.root}>
      {waiting.map(request => (
        <RequestNote
          key={request.metadata.name}
          facts={facts}
          request={request}
        />
      ))}
      <div className={classes.bar}>
        <Typography>
          {plan
            ? `${environments.length} of ${plan.spec.environments.max} environments of the plan ${plan.spec.title} are used.`
            : `${environments.length} environments.`}
        </Typography>
        <ActionButton
          action="setEnvironments"
          facts={facts}
          variant="contained"
          color="primary"
          problem={
            plan && environments.length >= plan.spec.environments.max
              ? 'The plan allows no more; ask for another plan under Quota.'
              : undefined
          }
          onClick={() => setAdding(true)}
        >
          Add environment
        </ActionButton>
      </div>
      <Grid container spacing={3}>
        {environments.map(environment => (
          <Grid item xs={12} md={6} key={environment.name}>
            <EnvironmentPanel environment={environment} facts={facts} />
          </Grid>
        ))}
      </Grid>
      {isAdding && <AddDialog facts={facts} onClose={() => setAdding(false)} />}
    </div>
  );
}
