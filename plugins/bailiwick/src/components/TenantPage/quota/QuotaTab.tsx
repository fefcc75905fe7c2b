import { makeStyles, Typography } from '@material-ui/core';
import { useState } from 'react';
import { ActionButton, RequestNote, underWay } from '../../change';
import { formatCost } from '../../formatCost';
import type { TenantFacts } from '../facts/TenantFacts';
import { PlanDialog } from './PlanDialog';
import { QuotaTable } from './QuotaTable';
import { UsageHistory } from './UsageHistory';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    // Wide tables scroll by themselves instead of widening the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(3),
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    alignItems: 'center',
    justifyContent: 'space-between',
  },
}));

/** What is used of what, what it was before, and the way to more. */
export function QuotaTab({ facts }: { facts: TenantFacts }) {
  const classes = useStyles();
  const [isOpen, setOpen] = useState(false);
  const { plan, plans, requests, tenant } = facts;
  const waiting = underWay(requests, 'changePlan');
  return (
    <div className={classes.root}>
      {waiting && <RequestNote facts={facts} request={waiting} />}
      <div className={classes.bar}>
        <Typography>
          {plan
            ? `Plan ${plan.spec.title}: ${formatCost(
                plan,
                tenant.spec.environments,
              )}.`
            : `Plan ${tenant.spec.plan}.`}
        </Typography>
        <ActionButton
          action="changePlan"
          facts={facts}
          variant="contained"
          color="primary"
          problem={
            plans.length === 1 && plan ? 'There is no other plan.' : undefined
          }
          onClick={() => setOpen(true)}
        >
          Change plan
        </ActionButton>
      </div>
      <QuotaTable facts={facts} />
      <UsageHistory samples={tenant.status?.usage} />
      {isOpen && <PlanDialog facts={facts} onClose={() => setOpen(false)} />}
    </div>
  );
}
