import { configApiRef } from '@backstage/core-plugin-api';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { screen } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import { appEntity, createExamplePortal } from './__fixtures__/examplePortal';
import { formFields } from './components/formFields/formFields';
import {
  BailiwickAppsPage,
  BailiwickDocsPage,
  BailiwickHomePage,
  BailiwickRequestsPage,
  BailiwickTenantsPage,
  EntityAppCard,
  EntityDeployContent,
  EntityCodeContent,
  EntityGetDataContent,
  EntityWorkspacesContent,
  isAppComponent,
  formFieldExtensions,
} from './legacy';

const config = mockApis.config({
  data: { bailiwick: { gateway: { baseUrl: 'http://gateway.test' } } },
});

/** Opens an address of an app of the first frontend system; `/tab` shows the given tab. */
function open(address: string, tab?: ReactElement) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [bailiwickApiRef, createExamplePortal().client],
        [configApiRef, config],
      ]}
    >
      <Routes>
        <Route path="/bailiwick" element={<BailiwickHomePage />} />
        <Route path="/apps/*" element={<BailiwickAppsPage />} />
        <Route path="/tenants/*" element={<BailiwickTenantsPage />} />
        <Route path="/requests/*" element={<BailiwickRequestsPage />} />
        <Route path="/docs/*" element={<BailiwickDocsPage />} />
        <Route path="/tab" element={tab} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [address],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

describe('the export for the first frontend system', () => {
  it.each([
    ['/bailiwick', 'Pick a template'],
    ['/apps', 'Changes in the last day'],
    ['/tenants', 'Rates desk'],
    ['/requests', 'New tenant Rates desk'],
    ['/docs', 'Read the tables of an app.'],
  ])('mounts the page at %s', async (address, text) => {
    await open(address);
    expect(await screen.findByText(text)).toBeVisible();
  });

  it.each([
    ['Overview', <EntityAppCard />, 'Environments'],
    ['Deploy', <EntityDeployContent />, 'month-end-prices-1'],
    ['Get data', <EntityGetDataContent />, 'Monthly prices.'],
    ['Code', <EntityCodeContent />, 'New file'],
    [
      'Workspaces',
      <EntityWorkspacesContent />,
      'You have no workspace for this app',
    ],
  ])("mounts the part %s on an app's page", async (_name, tab, text) => {
    await open(
      '/tab',
      <EntityProvider entity={appEntity}>{tab}</EntityProvider>,
    );
    expect(await screen.findByText(text)).toBeVisible();
  });

  it('offers the tabs for apps only', () => {
    const other = { ...appEntity, metadata: { name: 'other' } };
    expect([appEntity, other].map(isAppComponent)).toEqual([true, false]);
  });

  it('registers the fields of template forms with the scaffolder', async () => {
    function Names({ children }: { children: ReactNode }) {
      const fields = useCustomFieldExtensions(children);
      return <>{fields.map(({ name }) => name).join(', ')}</>;
    }
    await open(
      '/tab',
      <Names>
        <ScaffolderFieldExtensions>
          {formFieldExtensions.map((Field, index) => (
            <Field key={index} />
          ))}
        </ScaffolderFieldExtensions>
      </Names>,
    );
    expect(
      screen.getByText(
        Object.values(formFields)
          .map(({ name }) => name)
          .join(', '),
      ),
    ).toBeVisible();
  });
});
