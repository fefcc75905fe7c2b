import type { RequestTenantForm, TenantChoices } from './useRequestTenant';

/** Input of a section of the form. */
export interface FormProps {
  choices: TenantChoices;
  form: RequestTenantForm;
}
