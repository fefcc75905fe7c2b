import { formatMessage } from './formatMessage';

describe('formatMessage', () => {
  const titles = { 'rates-desk': 'Rates desk', prices: 'Month-end prices' };

  it.each([
    ['Tenant rates-desk was created', 'Tenant Rates desk was created'],
    [
      'Tenant "rates-desk" is being deleted',
      'Tenant Rates desk is being deleted',
    ],
    [
      'Environment dev of tenant rates-desk is being created.',
      'Environment dev of tenant Rates desk is being created.',
    ],
    [
      'Release "prices-r3" of prices is now deployed in prod',
      'Release r3 of Month-end prices is now deployed in prod',
    ],
    [
      'The release in prod changed from prices-r1 to prices-r2',
      'The release in prod changed from r1 to r2',
    ],
    [
      'The build was cancelled by user:default/jane.doe.',
      'The build was cancelled by jane.doe.',
    ],
    ['Ask group:other/rates', 'Ask other/rates'],
  ])('shows “%s” with titles', (message, expected) => {
    expect(formatMessage(message, titles)).toBe(expected);
  });

  it.each([
    'Tenant other-desk was created',
    'Waiting for the deletion of rates-desk--home',
    // People must type this name.
    'Send a new request with the name of the tenant, rates-desk',
    '2 of 2 environments ready',
    'Tenant constructor was created',
  ])('leaves “%s” as it is', message => {
    expect(formatMessage(message, titles)).toBe(message);
  });

  it('writes times as people do', () => {
    expect(
      formatMessage(
        'Tenant rates-desk expired on 2026-11-20T08:00:00Z',
        titles,
      ),
    ).toMatch(/^Tenant Rates desk expired on November \d+, 2026 at \d\d:\d\d$/);
  });
});
