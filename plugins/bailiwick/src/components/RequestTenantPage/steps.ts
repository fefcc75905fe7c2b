import type { ComponentType } from 'react';
import { AboutStep } from './AboutStep';
import { PeopleStep } from './PeopleStep';
import { RoomStep } from './RoomStep';
import type { StepProps } from './StepProps';
import type { TenantDraft } from './tenantDraft';

/** A step in which something is filled in. */
interface Step {
  title: string;
  /** Fields that must be right before one goes on. */
  fields: (keyof TenantDraft)[];
  Content: ComponentType<StepProps>;
}

/** The steps before the last, which shows what will happen. */
export const steps: Step[] = [
  {
    title: 'What it is',
    fields: ['title', 'name', 'purpose', 'owner', 'costCentre'],
    Content: AboutStep,
  },
  {
    title: 'Plan and environments',
    fields: ['plan', 'environments', 'ends'],
    Content: RoomStep,
  },
  { title: 'People and reason', fields: ['reason'], Content: PeopleStep },
];

/** Title of the last step. */
export const lastTitle = 'Check and send';

/** What a person calls a field of the draft. */
const fieldWords: Partial<Record<keyof TenantDraft, string>> = {
  costCentre: 'cost centre',
  ends: 'end',
};

/** The fields of a step that are not right yet, as people call them. */
export function unsettled(
  { fields }: Pick<Step, 'fields'>,
  problems: StepProps['form']['problems'],
): string[] {
  return fields
    .filter(field => problems[field])
    .map(field => fieldWords[field] ?? field);
}
