import {
  createFormField,
  type FormField,
} from '@backstage/plugin-scaffolder-react/alpha';
import {
  appNameRules,
  brokenRules,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { AppName, appNameSchema } from './AppName';

/** Field `BailiwickAppName`: refuses a name with the words of the API server. */
export const appNameField: FormField = createFormField({
  name: 'BailiwickAppName',
  component: AppName,
  schema: appNameSchema,
  validation: (value, field) => {
    const [broken] = brokenRules(appNameRules, value ?? '');
    if (broken) field.addError(broken);
  },
});
