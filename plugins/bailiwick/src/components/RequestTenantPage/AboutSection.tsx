import { tenantNameMax } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { nameOf } from '../nameOf';
import { SelectField } from '../SelectField';
import { DraftText } from './DraftText';
import type { FormProps } from './FormProps';
import { FieldRow, FormSection } from './FormSection';

/** Name, purpose and owners of the tenant, and the reason of the request. */
export function AboutSection({ choices, form }: FormProps) {
  const { change, draft } = form;
  return (
    <FormSection title="About">
      <FieldRow>
        <DraftText
          form={form}
          field="title"
          label="Title"
          help="Display name, for example Rates desk."
          onChange={title => {
            const follows = draft.name === nameOf(draft.title, tenantNameMax);
            change({
              title,
              ...(follows && { name: nameOf(title, tenantNameMax) }),
            });
          }}
        />
        <DraftText
          form={form}
          field="name"
          label="Name"
          isTouched={draft.title !== ''}
          help={
            form.isNameFree
              ? 'Available. Part of addresses; can’t be changed later.'
              : 'Part of addresses; can’t be changed later.'
          }
        />
      </FieldRow>
      <DraftText
        form={form}
        field="purpose"
        label="Purpose"
        help="Purpose of the tenant, in one sentence."
      />
      <DraftText
        form={form}
        field="reason"
        label="Reason"
        lines={2}
        help="Why you need the tenant. Approvers can read it now, and all members later."
      />
      <FieldRow>
        <SelectField
          size="medium"
          label="Owner *"
          value={draft.owner}
          options={[
            ...(draft.owner ? [] : [{ value: '', label: 'Select a group' }]),
            ...choices.groups.map(({ name, ref }) => ({
              value: ref,
              label: name,
            })),
          ]}
          helperText="One of your groups. Its members manage the tenant."
          onChange={owner => change({ owner })}
        />
        <DraftText
          form={form}
          field="costCentre"
          label="Cost center"
          isRequired={false}
          help="Optional. The cost center that pays for the tenant."
        />
      </FieldRow>
    </FormSection>
  );
}
