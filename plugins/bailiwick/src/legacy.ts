/**
 * The same pages, tabs of an app and form fields for portals on Backstage's first frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  createScaffolderFieldExtension,
  type FieldExtensionOptions,
} from '@backstage/plugin-scaffolder-react';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { formFields } from './components/formFields/formFields';
import { externalRoutes, routes } from './routeRefs';

export {
  hasApps,
  isApp,
  isAppApi,
  isAppComponent,
  isDomainPack,
} from './entityKinds';

/** Plugin `bailiwick` of the first frontend system. @public */
export const bailiwickPlugin = createPlugin({
  id: 'bailiwick',
  apis: [
    createApiFactory({
      api: bailiwickApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: options => new BailiwickClient(options),
    }),
  ],
  routes,
  externalRoutes,
});

/** Home page of the portal. @public */
export const BailiwickHomePage = bailiwickPlugin.provide(
  createRoutableExtension({
    name: 'BailiwickHomePage',
    component: () =>
      import('./components/HomePage/HomePage').then(m => m.HomePage),
    mountPoint: routes.home,
  }),
);

/** The apps of the person's tenants. @public */
export const BailiwickAppsPage = bailiwickPlugin.provide(
  createRoutableExtension({
    name: 'BailiwickAppsPage',
    component: () =>
      import('./components/FleetPage/FleetRoutes').then(m => m.FleetRoutes),
    mountPoint: routes.apps,
  }),
);

/** The person's tenants, and each of them. @public */
export const BailiwickTenantsPage = bailiwickPlugin.provide(
  createRoutableExtension({
    name: 'BailiwickTenantsPage',
    component: () =>
      import('./components/TenantsPage/TenantsRoutes').then(
        m => m.TenantsRoutes,
      ),
    mountPoint: routes.tenants,
  }),
);

/** The requests, and the form that requests a tenant. @public */
export const BailiwickRequestsPage = bailiwickPlugin.provide(
  createRoutableExtension({
    name: 'BailiwickRequestsPage',
    component: () =>
      import('./components/RequestsPage/RequestsRoutes').then(
        m => m.RequestsRoutes,
      ),
    mountPoint: routes.requests,
  }),
);

/** The guides, and each of them; needs `bailiwick.docs.path` in the backend. @public */
export const BailiwickDocsPage = bailiwickPlugin.provide(
  createRoutableExtension({
    name: 'BailiwickDocsPage',
    component: () =>
      import('./components/DocsPage/DocsRoutes').then(m => m.DocsRoutes),
    mountPoint: routes.docs,
  }),
);

/**
 * Search for apps, functions, columns and terms; needs `@backstage/plugin-search`.
 *
 * @public
 */
export const BailiwickSearchPage = bailiwickPlugin.provide(
  createRoutableExtension({
    name: 'BailiwickSearchPage',
    component: () =>
      import('./components/search/SearchPage').then(m => m.SearchPage),
    mountPoint: routes.search,
  }),
);

function provideComponent<C extends () => JSX.Element | null>(
  name: string,
  lazy: () => Promise<C>,
): C {
  return bailiwickPlugin.provide(
    createComponentExtension({ name, component: { lazy } }),
  );
}

/** Cards of an app: state, results and dependencies. For entities that are {@link isApp}. @public */
export const EntityAppCard = provideComponent('EntityAppCard', () =>
  import('./components/entityCards/AppCards').then(m => m.AppCards),
);

/** Card of an API: which app serves it. Shown for entities that are {@link isAppApi}. @public */
export const EntityApiCard = provideComponent('EntityApiCard', () =>
  import('./components/entityCards/ApiCard').then(m => m.ApiCard),
);

/**
 * Card of a tenant, a pack or a cluster: its apps by health. Shown for entities that {@link hasApps | have apps}.
 *
 * @public
 */
export const EntityFleetCard = provideComponent('EntityFleetCard', () =>
  import('./components/entityCards/FleetCard').then(m => m.FleetCard),
);

/**
 * Card of a pack: its terms, to which search results lead. Shown for entities that are {@link isDomainPack}.
 *
 * @public
 */
export const EntityVocabularyCard = provideComponent(
  'EntityVocabularyCard',
  () =>
    import('./components/entityCards/VocabularyCard').then(
      m => m.VocabularyCard,
    ),
);

/** Tab of an app: its deployments. For entities that are {@link isAppComponent}. @public */
export const EntityDeployContent = provideComponent('EntityDeployContent', () =>
  import('./components/DeployTab/DeployTab').then(m => m.DeployTab),
);

/** Tab of an app: how to read it. Shown for entities that are {@link isAppComponent}. @public */
export const EntityGetDataContent = provideComponent(
  'EntityGetDataContent',
  () => import('./components/GetDataTab/GetDataTab').then(m => m.GetDataTab),
);

/** Tab of an app: its code. Shown for entities that are {@link isAppComponent}. @public */
export const EntityCodeContent = provideComponent('EntityCodeContent', () =>
  import('./components/CodeTab/CodeTab').then(m => m.CodeTab),
);

/** Tab of an app: workspaces with JupyterLab. Shown for entities that are {@link isAppComponent}. @public */
export const EntityWorkspacesContent = provideComponent(
  'EntityWorkspacesContent',
  () =>
    import('./components/WorkspacesTab/WorkspacesTab').then(
      m => m.WorkspacesTab,
    ),
);

function provideFormField<Value>({
  schema,
  ...field
}: Omit<FieldExtensionOptions<Value, any>, 'schema'> & {
  schema: Pick<FieldExtensionOptions, 'schema'>;
}) {
  return bailiwickPlugin.provide(
    createScaffolderFieldExtension({ ...field, schema: schema.schema }),
  );
}

/**
 * Fields of template forms.
 *
 * @example
 * ```tsx
 * <ScaffolderFieldExtensions>
 *   {formFieldExtensions.map((Field, index) => <Field key={index} />)}
 * </ScaffolderFieldExtensions>
 * ```
 * @public
 */
export const formFieldExtensions = Object.values<
  Parameters<typeof provideFormField<any>>[0]
>(formFields).map(field => provideFormField(field));
