// Blueprints that Backstage still keeps under /alpha; the only file that imports them.
import type { Entity } from '@backstage/catalog-model';
import { compatWrapper } from '@backstage/core-compat-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityContentLayoutBlueprint,
  EntityHeaderLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import type { ComponentType } from 'react';
import { AppHeader } from './components/AppHeader/AppHeader';
import { AppPartHeader } from './components/AppHeader/AppPartHeader';
import { formFieldNames } from './components/formFields/formFieldNames';
import {
  dependenciesOf,
  hasApps,
  isApp,
  isAppApi,
  isAppComponent,
  isAppSystem,
  isDomainPack,
} from './entityKinds';

function makeCard(
  name: string,
  filter: (entity: Entity) => boolean,
  load: () => Promise<ComponentType>,
  type: 'content' | 'info' = 'content',
) {
  return EntityCardBlueprint.make({
    name,
    params: {
      type,
      filter,
      loader: async () => {
        const Card = await load();
        return compatWrapper(<Card />);
      },
    },
  });
}

const cards = [
  makeCard('app', isApp, () =>
    import('./components/entityCards/AppCards').then(m => m.AppMainCards),
  ),
  makeCard(
    'readiness',
    isApp,
    () =>
      import('./components/entityCards/AppCards').then(m => m.AppReadinessCard),
    'info',
  ),
  makeCard('api', isAppApi, () =>
    import('./components/entityCards/ApiCard').then(m => m.ApiCard),
  ),
  makeCard(
    'dependencies',
    entity => isAppComponent(entity) && dependenciesOf(entity).length > 0,
    () =>
      import('./components/entityCards/DependenciesCard').then(
        m => m.DependenciesCard,
      ),
    'info',
  ),
  makeCard('fleet', hasApps, () =>
    import('./components/entityCards/FleetCard').then(m => m.FleetCard),
  ),
  makeCard('vocabulary', isDomainPack, () =>
    import('./components/entityCards/VocabularyCard').then(
      m => m.VocabularyCard,
    ),
  ),
];

const appHeader = EntityHeaderLayoutBlueprint.make({
  name: 'app',
  params: {
    filter: isAppComponent,
    // Part of the main bundle: a header that loads later would push the content down.
    loader: async () => props => compatWrapper(<AppHeader {...props} />),
  },
});

const appPartHeader = EntityHeaderLayoutBlueprint.make({
  name: 'app-part',
  params: {
    filter: entity => isAppApi(entity) || isAppSystem(entity),
    loader: async () => props => compatWrapper(<AppPartHeader {...props} />),
  },
});

const cardLayout = EntityContentLayoutBlueprint.make({
  name: 'cards',
  params: {
    filter: entity => isApp(entity) || isAppApi(entity) || hasApps(entity),
    loader: async () => {
      const { CardLayout } = await import(
        './components/entityCards/CardLayout'
      );
      return CardLayout;
    },
  },
});

const deployTab = EntityContentBlueprint.make({
  name: 'deploy',
  params: {
    path: 'deploy',
    title: 'Deploy',
    filter: isAppComponent,
    loader: () =>
      import('./components/DeployTab/DeployTab').then(m =>
        compatWrapper(<m.DeployTab />),
      ),
  },
});

const getDataTab = EntityContentBlueprint.make({
  name: 'get-data',
  params: {
    path: 'get-data',
    title: 'Get data',
    filter: isAppComponent,
    loader: () =>
      import('./components/GetDataTab/GetDataTab').then(m =>
        compatWrapper(<m.GetDataTab />),
      ),
  },
});

const codeTab = EntityContentBlueprint.make({
  name: 'code',
  params: {
    path: 'code',
    title: 'Code',
    filter: isAppComponent,
    loader: () =>
      import('./components/CodeTab/CodeTab').then(m =>
        compatWrapper(<m.CodeTab />),
      ),
  },
});

const workspacesTab = EntityContentBlueprint.make({
  name: 'workspaces',
  params: {
    path: 'workspaces',
    title: 'Workspaces',
    filter: isAppComponent,
    loader: () =>
      import('./components/WorkspacesTab/WorkspacesTab').then(m =>
        compatWrapper(<m.WorkspacesTab />),
      ),
  },
});

const formFields = formFieldNames.map(name =>
  FormFieldBlueprint.make({
    name,
    params: {
      field: () =>
        import('./components/formFields/formFields').then(m =>
          createFormField(m.formFields[name] as FormFieldOptions),
        ),
    },
  }),
);

type FormFieldOptions = Parameters<typeof createFormField>[0];

/** Cards of entities and their layout, header and tabs of an app's page, and the fields of template forms. */
export const alphaExtensions = [
  ...cards,
  appHeader,
  appPartHeader,
  cardLayout,
  deployTab,
  getDataTab,
  codeTab,
  workspacesTab,
  ...formFields,
];
