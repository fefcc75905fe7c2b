import type { TenantDraft } from './tenantDraft';

/** Labels of fields that differ from their names. */
const labels: Partial<Record<keyof TenantDraft, string>> = {
  costCentre: 'cost center',
  ends: 'end',
};

/** Returns the label of a field within a sentence. */
export function fieldLabel(field: keyof TenantDraft): string {
  return labels[field] ?? field;
}
