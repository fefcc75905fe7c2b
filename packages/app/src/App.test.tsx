import '@testing-library/jest-dom';
import { render, screen } from '@testing-library/react';

const config = {
  app: { title: 'Test portal', baseUrl: 'http://localhost' },
  backend: { baseUrl: 'http://localhost:7007' },
  auth: { environment: 'development' },
};

describe('app', () => {
  it('requires a sign-in with the organization', async () => {
    // The build puts the configuration there, as an object.
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [{ context: 'test', data: config }] as unknown as string,
    };
    const { app } = await import('./App');
    render(app.createRoot());
    expect(
      await screen.findByText('Your organization', {}, { timeout: 20_000 }),
    ).toBeVisible();
    expect(screen.getByText('Sign in with OpenID Connect')).toBeVisible();
    expect(screen.queryByRole('navigation')).toBeNull();
  }, 60_000);
});
