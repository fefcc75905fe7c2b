import { TextField } from '@material-ui/core';
import { useState } from 'react';
import type { TenantDraft } from './tenantDraft';
import type { RequestTenantForm } from './useRequestTenant';

/** A text field of the draft; shows its problem after the first input or focus. */
export function DraftText({
  field,
  form: { change, draft, problems },
  help,
  isRequired = true,
  isTouched = false,
  label,
  lines,
  onChange = value => change({ [field]: value }),
}: {
  field: keyof {
    [F in keyof TenantDraft as TenantDraft[F] extends string ? F : never]: F;
  };
  form: RequestTenantForm;
  help: string;
  isRequired?: boolean;
  /** Whether something else that was written concerns it. */
  isTouched?: boolean;
  label: string;
  /** Lines that it shows at least, when it may have several. */
  lines?: number;
  onChange?: (value: string) => void;
}) {
  const [isLeft, setLeft] = useState(false);
  const problem =
    (isLeft || isTouched || draft[field] !== '') && problems[field];
  return (
    <TextField
      id={`tenant-${field}`}
      label={label}
      variant="outlined"
      required={isRequired}
      multiline={lines !== undefined}
      minRows={lines}
      value={draft[field]}
      error={Boolean(problem)}
      helperText={problem || help}
      onBlur={() => setLeft(true)}
      onChange={({ target }) => {
        setLeft(true);
        onChange(target.value);
      }}
    />
  );
}
