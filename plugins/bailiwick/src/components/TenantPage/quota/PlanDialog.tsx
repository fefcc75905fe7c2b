import { readProposal } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useState } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import { PlanChoice } from '../../PlanChoice';
import { planProblem } from '../../planProblem';
import type { TenantFacts } from '../facts/TenantFacts';

/** Requests another plan, with all plans side by side. */
export function PlanDialog({
  edited,
  facts,
  onClose,
}: {
  /** A request to fill the form in from. */
  edited?: RequestView;
  facts: TenantFacts;
  onClose: () => void;
}) {
  const { plans, tenant } = facts;
  const { environments, plan: current, title } = tenant.spec;
  const [chosen, setChosen] = useState(
    () =>
      readProposal('changePlan', edited?.spec.proposed).proposal?.plan ??
      current,
  );
  const plan = plans.find(({ metadata }) => metadata.name === chosen);
  return (
    <ChangeDialog
      action="changePlan"
      edited={edited}
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
