import type { RequestTenantForm, TenantChoices } from './useRequestTenant';

/** What a step of the form is drawn from. */
export interface StepProps {
  choices: TenantChoices;
  form: RequestTenantForm;
}
