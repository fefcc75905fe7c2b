import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { AppPreflight, appPreflightSchema } from './AppPreflight';

const validation: CustomFieldValidator<typeof appPreflightSchema.TOutput> = (
  value,
  field,
) => {
  if (!value?.isChecked)
    field.addError('must find nothing that is wrong before you go on');
};

/** Field `BailiwickAppPreflight`: what would become of the app; nothing goes on while something is wrong. */
export const appPreflightField = {
  name: 'BailiwickAppPreflight',
  component: AppPreflight,
  schema: appPreflightSchema,
  validation,
};
