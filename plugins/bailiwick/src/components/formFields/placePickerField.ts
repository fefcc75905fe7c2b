import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { PlacePicker, placePickerSchema } from './PlacePicker';

const validation: CustomFieldValidator<typeof placePickerSchema.TOutput> = (
  value,
  field,
) => {
  if (!value?.tenant || !value.environment) {
    field.addError('must be chosen');
  }
};

/** Field `BailiwickPlacePicker`: tenant and environment among those one may use. */
export const placePickerField = {
  name: 'BailiwickPlacePicker',
  component: PlacePicker,
  schema: placePickerSchema,
  validation,
};
