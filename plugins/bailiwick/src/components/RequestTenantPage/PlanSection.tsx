import { PlanChoice } from '../PlanChoice';
import type { FormProps } from './FormProps';
import { FormSection } from './FormSection';

/** The limits, price and approvers of the tenant, to be chosen among all plans. */
export function PlanSection({ choices, form }: FormProps) {
  const { change, draft } = form;
  return (
    <FormSection
      title="Plan"
      hint={`${
        draft.plan ? '' : 'Select one. '
      }You can request another plan later.`}
    >
      <PlanChoice
        plans={choices.plans}
        environments={form.spec.environments}
        value={draft.plan}
        onChange={plan => change({ plan })}
      />
    </FormSection>
  );
}
