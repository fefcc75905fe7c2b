import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  appNameRules,
  brokenRules,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { AppName, appNameSchema } from './AppName';

const validation: CustomFieldValidator<string> = (value, field) => {
  const [broken] = brokenRules(appNameRules, value ?? '');
  if (broken) field.addError(broken);
};

/** Field `BailiwickAppName`: refuses a name with the words of the API server. */
export const appNameField = {
  name: 'BailiwickAppName',
  component: AppName,
  schema: appNameSchema,
  validation,
};
