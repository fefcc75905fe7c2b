import { tenantNameMax } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { nameOf } from '../nameOf';
import { SelectField } from '../SelectField';
import { DomainsField } from './DomainsField';
import { DraftText } from './DraftText';
import type { StepProps } from './StepProps';

/** What the tenant is called, what it is for, and whose it is. */
export function AboutStep({ choices, form }: StepProps) {
  const { change, draft } = form;
  return (
    <>
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
      <DraftText
        form={form}
        field="purpose"
        label="Purpose"
        help="Purpose of the tenant, in one sentence."
      />
      <SelectField
        size="medium"
        label="Owner"
        value={draft.owner}
        options={choices.groups.map(({ name, ref }) => ({
          value: ref,
          label: name,
        }))}
        helperText="One of your groups. Its members manage the tenant."
        onChange={owner => change({ owner })}
      />
      <DomainsField
        packs={choices.packs}
        value={draft.domains}
        onChange={domains => change({ domains })}
      />
      <DraftText
        form={form}
        field="costCentre"
        label="Cost centre"
        isRequired={false}
        help="Optional: who pays for it."
      />
    </>
  );
}
