import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import { bailiwickPlugin } from './plugin';

const home = bailiwickPlugin.getExtension('page:bailiwick/home');

describe('the home page', () => {
  it('leaves the root of a portal alone', () => {
    expect(createExtensionTester(home).get(coreExtensionData.routePath)).toBe(
      '/bailiwick',
    );
  });

  it('uses the root path if the portal is configured so', () => {
    const tester = createExtensionTester(home, { config: { path: '/' } });
    expect(tester.get(coreExtensionData.routePath)).toBe('/');
  });
});
