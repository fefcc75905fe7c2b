import { DraftText } from './DraftText';
import { MembersField } from './MembersField';
import type { StepProps } from './StepProps';

/** Who else belongs to the tenant, and why it is asked for. */
export function PeopleStep({ choices, form }: StepProps) {
  const { change, draft } = form;
  return (
    <>
      <MembersField
        subjects={choices.subjects}
        value={draft.members}
        onChange={members => change({ members })}
      />
      <DraftText
        form={form}
        field="reason"
        label="Reason"
        lines={2}
        help="Why you need it. Approvers read it, and later all members."
      />
    </>
  );
}
