import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { nameMissing } from '../nameOf';
import { AppName, appNameProblem, appNameSchema } from './AppName';

const validation: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder, formData },
) => {
  const { place } = formData as { place?: { tenant: string } };
  const problem = name
    ? appNameProblem(
        name,
        place?.tenant,
        await apiHolder.get(bailiwickApiRef)?.listApps(),
      )
    : nameMissing('app');
  if (problem) field.addError(problem);
};

/** Field `BailiwickAppName`: refuses a name with the words of the API server. */
export const appNameField = {
  name: 'BailiwickAppName',
  component: AppName,
  schema: appNameSchema,
  validation,
};
