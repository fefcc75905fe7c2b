import type { TenantDraft } from './tenantDraft';

/** Labels of fields that differ from their names. */
const labels: Partial<Record<keyof TenantDraft, string>> = {
  costCentre: 'cost centre',
  ends: 'end',
};

/** Returns what a field is called in a sentence. */
export function fieldLabel(field: keyof TenantDraft): string {
  return labels[field] ?? field;
}
