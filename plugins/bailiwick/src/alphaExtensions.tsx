// Blueprints that Backstage still keeps under /alpha; the only file that imports them.
import { compatWrapper } from '@backstage/core-compat-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { isAppComponent } from './entity';

const appCard = EntityCardBlueprint.make({
  name: 'app',
  params: {
    type: 'content',
    filter: isAppComponent,
    loader: () =>
      import('./components/AppCard').then(m => compatWrapper(<m.AppCard />)),
  },
});

const deployTab = EntityContentBlueprint.make({
  name: 'deploy',
  params: {
    path: 'deploy',
    title: 'Deploy',
    filter: isAppComponent,
    loader: () =>
      import('./components/DeployTab').then(m =>
        compatWrapper(<m.DeployTab />),
      ),
  },
});

const useItTab = EntityContentBlueprint.make({
  name: 'use-it',
  params: {
    path: 'use-it',
    title: 'Use it',
    filter: isAppComponent,
    loader: () =>
      import('./components/UseItTab').then(m => compatWrapper(<m.UseItTab />)),
  },
});

const placePicker = FormFieldBlueprint.make({
  name: 'place-picker',
  params: {
    field: () =>
      import('./components/formFields').then(m =>
        createFormField(m.placePickerField),
      ),
  },
});

const appName = FormFieldBlueprint.make({
  name: 'app-name',
  params: {
    field: () =>
      import('./components/formFields').then(m =>
        createFormField(m.appNameField),
      ),
  },
});

const textAnswer = FormFieldBlueprint.make({
  name: 'text-answer',
  params: {
    field: () =>
      import('./components/formFields').then(m =>
        createFormField(m.textAnswerField),
      ),
  },
});

/** Card and tabs of an app's page, and the fields of template forms. */
export const alphaExtensions = [
  appCard,
  deployTab,
  useItTab,
  placePicker,
  appName,
  textAnswer,
];
