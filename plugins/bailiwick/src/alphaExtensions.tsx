// Blueprints that Backstage still keeps under /alpha; the only file that imports them.
import type { Entity } from '@backstage/catalog-model';
import { compatWrapper } from '@backstage/core-compat-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import type { ComponentType } from 'react';
import { formFieldNames } from './components/formFields/formFieldNames';
import { hasApps, isApp, isAppApi, isAppComponent } from './entityKinds';

function makeCard(
  name: string,
  filter: (entity: Entity) => boolean,
  load: () => Promise<ComponentType>,
) {
  return EntityCardBlueprint.make({
    name,
    params: {
      type: 'content',
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
    import('./components/entityCards/AppCards').then(m => m.AppCards),
  ),
  makeCard('api', isAppApi, () =>
    import('./components/entityCards/ApiCard').then(m => m.ApiCard),
  ),
  makeCard('fleet', hasApps, () =>
    import('./components/entityCards/FleetCard').then(m => m.FleetCard),
  ),
];

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

const useItTab = EntityContentBlueprint.make({
  name: 'use-it',
  params: {
    path: 'use-it',
    title: 'Use it',
    filter: isAppComponent,
    loader: () =>
      import('./components/UseItTab/UseItTab').then(m =>
        compatWrapper(<m.UseItTab />),
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

/** Cards of entities, tabs of an app's page, and the fields of template forms. */
export const alphaExtensions = [...cards, deployTab, useItTab, ...formFields];
