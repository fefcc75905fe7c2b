import type { TenantDraft } from './tenantDraft';

/** A step in which something is filled in. */
interface Step {
  title: string;
  /** Fields that must be valid before the next step. */
  fields: (keyof TenantDraft)[];
}

/** The steps before the last, which shows the outcome. */
export const steps: Step[] = [
  {
    title: 'About',
    fields: ['title', 'name', 'purpose', 'owner', 'costCentre'],
  },
  {
    title: 'Plan and environments',
    fields: ['plan', 'environments', 'ends'],
  },
  { title: 'People and reason', fields: ['reason'] },
];

/** Title of the last step. */
export const lastTitle = 'Review and send';

/** Labels of fields that differ from their names. */
const fieldLabels: Partial<Record<keyof TenantDraft, string>> = {
  costCentre: 'cost centre',
  ends: 'end',
};

/** Returns the labels of the fields of a step that are not valid yet. */
export function invalidFields(
  { fields }: Step,
  problems: Partial<Record<keyof TenantDraft, string>>,
): string[] {
  return fields
    .filter(field => problems[field])
    .map(field => fieldLabels[field] ?? field);
}
