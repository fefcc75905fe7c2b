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
        help="What people call it, such as Rates desk."
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
            ? 'It is free. Part of addresses; cannot be changed later.'
            : 'Part of addresses; cannot be changed later.'
        }
      />
      <DraftText
        form={form}
        field="purpose"
        label="Purpose"
        help="What it is for, in a sentence."
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
        help="Who pays for it, if you know."
      />
    </>
  );
}
