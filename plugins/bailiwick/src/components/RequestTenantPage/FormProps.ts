import type { RequestTenantForm, TenantChoices } from './useRequestTenant';

/** What a section of the form is drawn from. */
export interface FormProps {
  choices: TenantChoices;
  form: RequestTenantForm;
}
