import { useState } from 'react';

/** Draws a form field with the state that the form would keep for it. */
export function FieldForm({
  field: Field,
  onValue,
  others,
  schema,
  value: initial,
  ...rest
}: {
  field: any;
  onValue?: jest.Mock;
  /** Values of the other fields. */
  others?: object;
  required?: boolean;
  schema?: object;
  uiSchema?: object;
  /** Value that the field starts with. */
  value?: unknown;
}) {
  const [value, setValue] = useState(initial);
  return (
    <Field
      {...rest}
      idSchema={{ $id: 'field' }}
      schema={{ title: 'The field', description: 'What it is.', ...schema }}
      formContext={{ formData: others }}
      formData={value}
      onChange={(next: any) => {
        setValue(next);
        onValue?.(next);
      }}
    />
  );
}
