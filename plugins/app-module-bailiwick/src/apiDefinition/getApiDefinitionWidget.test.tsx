import '@testing-library/jest-dom';
import type { ApiEntity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { contractToOpenApi } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { screen, within } from '@testing-library/react';
import { getApiDefinitionWidget } from './getApiDefinitionWidget';

const definition = JSON.stringify(
  contractToOpenApi(
    {
      functions: [
        {
          name: 'prices',
          description: 'Monthly prices.',
          parameters: {
            properties: {
              start: { type: 'string', description: 'First month.' },
            },
          },
          result: {
            kind: 'table',
            columns: [{ name: 'price', type: 'Money', schema: {} }],
          },
        },
      ],
    },
    { title: 'Prices', version: 'r7', server: 'https://feeds.example.com' },
  ),
);

function api(of: Record<string, string>, text: string = definition): ApiEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name: 'prices', annotations: of },
    spec: {
      type: 'openapi',
      lifecycle: 'production',
      owner: 'rates',
      definition: text,
    },
  };
}

const ofApp = { [annotations.app]: 'prices' };

const show = (address: string) =>
  renderInTestApp(
    <EntityProvider entity={api(ofApp)}>
      {getApiDefinitionWidget(api(ofApp))!.component(definition)}
    </EntityProvider>,
    {
      initialRouteEntries: [address],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );

describe('getApiDefinitionWidget', () => {
  it('shows address, functions and columns of an app', async () => {
    show('/');
    const prices = within(
      await screen.findByRole('region', { name: 'GET /prices' }),
    );
    expect(prices.getByText('Monthly prices.')).toBeVisible();
    expect(
      within(
        prices.getByRole('table', { name: 'Parameters of GET /prices' }),
      ).getByText('First month.'),
    ).toBeVisible();
    expect(
      prices.getByRole('table', { name: 'Columns of GET /prices' }),
    ).toHaveTextContent('price');
    expect(screen.getByText('https://feeds.example.com')).toBeVisible();
    expect(
      prices.getByRole('button', { name: 'Get data of prices' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/prices/get-data#prices',
    );
  });

  it('scrolls to the function that its address names, and marks the column', async () => {
    const scrolled: (string | null)[] = [];
    Element.prototype.scrollIntoView = function scrollIntoView() {
      scrolled.push(this.textContent);
    };
    show('/#prices.price');
    const prices = await screen.findByRole('region', { name: 'GET /prices' });
    expect(scrolled).toEqual([prices.textContent]);
    expect(within(prices).getByText('price').tagName).toBe('STRONG');
  });

  it.each([
    ['of other components', api({})],
    ['that are no JSON', api(ofApp, 'openapi: 3.1.0')],
  ])('leaves definitions %s to Backstage', (_what, entity) => {
    expect(getApiDefinitionWidget(entity)?.title).toBe('OpenAPI');
  });
});
