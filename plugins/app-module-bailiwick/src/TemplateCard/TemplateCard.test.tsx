import '@testing-library/jest-dom';
import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import {
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { notificationsApiRef } from '@backstage/plugin-notifications';
import { usePermission } from '@backstage/plugin-permission-react';
import type { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { TemplateCard } from '@backstage/plugin-scaffolder-react/alpha';
import { fireEvent, screen } from '@testing-library/react';
import appModuleBailiwick from '..';

// It keeps answers for two seconds, and so for the tests after this one.
jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: jest.fn(),
}));

function template(annotations: Record<string, string>): TemplateEntityV1beta3 {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name: 'market-feed',
      namespace: 'default',
      title: 'Price feed',
      description: 'Prices by *month*.',
      tags: ['market'],
      links: [{ url: 'https://market.test', title: 'The market' }],
      annotations,
    },
    spec: { type: 'function', steps: [] },
  };
}

const archetype = { 'bailiwick.dev/archetype': 'market/price-feed@1.0.0' };
const tested = (passed: number, failed: number) => ({
  ...archetype,
  'bailiwick.dev/verdict': JSON.stringify({ passed, failed }),
});

describe('the card of a template', () => {
  const choose = jest.fn();
  beforeEach(() => {
    jest
      .mocked(usePermission)
      .mockReturnValue({ loading: false, allowed: true });
  });
  const draw = (annotations: Record<string, string>) =>
    renderTestApp({
      features: [notificationsPlugin, appModuleBailiwick],
      extensions: [
        PageBlueprint.make({
          params: {
            path: '/',
            // Backstage's own component, as its gallery draws it.
            loader: async () => (
              <TemplateCard
                template={template(annotations)}
                onSelected={choose}
              />
            ),
          },
        }),
      ],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name':
          convertLegacyRouteRef(entityRouteRef),
      },
      apis: [
        [starredEntitiesApiRef, new MockStarredEntitiesApi()],
        [
          notificationsApiRef,
          { getStatus: async () => ({ unread: 0, read: 0 }) } as never,
        ],
      ],
    });

  it.each([
    ['62 checks passed', tested(62, 0)],
    ['2 of 62 checks failed', tested(60, 2)],
    ['1 check passed', tested(1, 0)],
    ['Not tested', archetype],
    ['Not tested', tested(0, 0)],
    ['Not tested', { ...archetype, 'bailiwick.dev/verdict': 'all' }],
  ])(
    'says %s',
    async (words, annotations) => {
      draw(annotations);
      expect(
        await screen.findByText(words, {}, { timeout: 20_000 }),
      ).toBeVisible();
    },
    60_000,
  );

  it('says nothing of tests on a template that is no archetype', async () => {
    draw({});
    expect(await screen.findByText('Price feed')).toBeVisible();
    expect(screen.queryByText(/tested|checks/)).toBeNull();
  }, 60_000);

  it('shows what Backstage shows, and leads to details and the form', async () => {
    draw(archetype);
    expect(
      await screen.findByRole(
        'link',
        { name: 'Details of Price feed' },
        { timeout: 30_000 },
      ),
    ).toHaveAttribute('href', '/catalog/default/template/market-feed');
    expect(screen.getByText('month')).toBeVisible();
    expect(screen.getByText('market')).toBeVisible();
    expect(screen.getByRole('link', { name: /The market/ })).toBeVisible();
    fireEvent.click(await screen.findByRole('button', { name: 'Choose' }));
    expect(choose).toHaveBeenCalledWith();
  }, 60_000);

  it('offers no form to whoever may not make anything', async () => {
    jest
      .mocked(usePermission)
      .mockReturnValue({ loading: false, allowed: false });
    draw(archetype);
    expect(
      await screen.findByText('Not tested', {}, { timeout: 30_000 }),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Choose' })).toBeNull();
  }, 60_000);
});
