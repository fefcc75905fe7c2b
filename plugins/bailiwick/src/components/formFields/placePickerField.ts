import {
  createFormField,
  type FormField,
} from '@backstage/plugin-scaffolder-react/alpha';
import { PlacePicker, placePickerSchema } from './PlacePicker';

/** Field `BailiwickPlacePicker`: tenant and environment among those one may use. */
export const placePickerField: FormField = createFormField({
  name: 'BailiwickPlacePicker',
  component: PlacePicker,
  schema: placePickerSchema,
  validation: (value, field) => {
    if (!value?.tenant || !value.environment) {
      field.addError('Choose a tenant and an environment');
    }
  },
});
