import { useState } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import { PlanChoice } from '../../PlanChoice';
import { planProblem } from '../../planProblem';
import type { TenantFacts } from '../facts/TenantFacts';

/** Asks for another plan, chosen among all of them side by side. */
export function PlanDialog({
  facts,
  onClose,
}: {
  facts: TenantFacts;
  onClose: () => void;
}) {
  const { plans, tenant } = facts;
  const { environments, plan: current, title } = tenant.spec;
  const [chosen, setChosen] = useState(current);
  const plan = plans.find(({ metadata }) => metadata.name === chosen);
  return (
    <ChangeDialog
      action="changePlan"
      facts={facts}
      title={`Change plan of ${title}`}
      problem={
        chosen === current
          ? 'Choose a different plan.'
          : plan && planProblem(plan, tenant.spec, Date.now())
      }
      proposed={() => ({ plan: chosen })}
      onClose={onClose}
    >
      <PlanChoice
        plans={plans}
        environments={environments}
        current={current}
        value={chosen}
        onChange={setChosen}
      />
    </ChangeDialog>
  );
}
