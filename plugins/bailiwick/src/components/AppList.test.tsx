import { screen } from '@testing-library/react';
import { FakePortal } from '../__fixtures__/FakePortal';
import { anApp } from '../__fixtures__/views';
import { renderPage } from '../__testUtils__/renderPage';
import { AppList } from './AppList';

const [dev] = anApp().status!.environments!;

describe('AppList', () => {
  it('shows the reason of the worst environment, with its name and the tenant', async () => {
    const status = {
      ...anApp().status,
      health: 'Failed' as const,
      environments: [
        dev,
        { ...dev, name: 'prod', health: 'Failed' as const, why: 'It crashes.' },
      ],
    };
    await renderPage(<AppList apps={[anApp({ status })]} />, new FakePortal());
    expect(screen.getByText('rates-desk')).toBeVisible();
    expect(screen.getByText('prod: It crashes.')).toBeVisible();
    expect(screen.getByText('Failed')).toBeVisible();
    expect(screen.queryByText(dev.why, { exact: false })).toBeNull();
  });

  it('shows the release or the commit of each environment', async () => {
    const status = {
      ...anApp().status,
      environments: [
        dev,
        { ...dev, name: 'prod', release: 'month-end-prices-r3' },
      ],
    };
    await renderPage(<AppList apps={[anApp({ status })]} />, new FakePortal());
    expect(screen.getByText('dev 3f9c1e2')).toBeVisible();
    expect(screen.getByText('prod r3')).toBeVisible();
  });

  it('reports that an app was not deployed yet', async () => {
    const app = anApp({ status: undefined });
    await renderPage(<AppList apps={[app]} />, new FakePortal());
    expect(screen.getByText('Not deployed yet')).toBeVisible();
  });
});
