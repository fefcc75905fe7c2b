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
import { formFieldNames } from './components/formFields/formFieldNames';
import { hasApps, isApp, isAppApi, isAppComponent } from './entity';

const appCard = EntityCardBlueprint.make({
  name: 'app',
  params: {
    type: 'content',
    filter: isApp,
    loader: () =>
      import('./components/entityCards').then(m =>
        compatWrapper(<m.AppCards />),
      ),
  },
});

const apiCard = EntityCardBlueprint.make({
  name: 'api',
  params: {
    type: 'content',
    filter: isAppApi,
    loader: () =>
      import('./components/entityCards').then(m =>
        compatWrapper(<m.ApiCard />),
      ),
  },
});

const fleetCard = EntityCardBlueprint.make({
  name: 'fleet',
  params: {
    type: 'content',
    filter: hasApps,
    loader: () =>
      import('./components/entityCards').then(m =>
        compatWrapper(<m.FleetCard />),
      ),
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

const formFields = formFieldNames.map(name =>
  FormFieldBlueprint.make({
    name,
    params: {
      field: () =>
        import('./components/formFields').then(m =>
          createFormField(m.formFields[name] as FormFieldOptions),
        ),
    },
  }),
);

type FormFieldOptions = Parameters<typeof createFormField>[0];

/** Cards of entities, tabs of an app's page, and the fields of template forms. */
export const alphaExtensions = [
  appCard,
  apiCard,
  fleetCard,
  deployTab,
  useItTab,
  ...formFields,
];
