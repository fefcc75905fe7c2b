import { DomainsField } from './DomainsField';
import type { FormProps } from './FormProps';
import { FormSection } from './FormSection';
import { MembersField } from './MembersField';

/** Members of the tenant, and their domains. */
export function PeopleSection({ choices, form }: FormProps) {
  const { change, draft } = form;
  return (
    <FormSection
      title="Members and domains"
      hint="Optional. You can change both later."
    >
      <MembersField
        subjects={choices.subjects}
        value={draft.members}
        onChange={members => change({ members })}
      />
      <DomainsField
        packs={choices.packs}
        value={draft.domains}
        onChange={domains => change({ domains })}
      />
    </FormSection>
  );
}
