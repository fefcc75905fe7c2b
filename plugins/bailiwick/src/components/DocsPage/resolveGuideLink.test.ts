import { guideList } from '../../__fixtures__/guides';
import { resolveGuideLink } from './resolveGuideLink';

it.each([
  ['#tools', '/docs/connect#tools'],
  ['platform.md#plans', '/docs/platform#plans'],
  ['../user-guide.md', '/docs/user-guide'],
  ['../guide/connect.md', '/docs/connect'],
  ['../adr/0021-several-clusters.md', ''],
  ['../../packages/gateway/README.md#odata', ''],
  // A file of the same name in another folder.
  ['user-guide.md', ''],
  ['https://odata.test/a.md#b', 'https://odata.test/a.md#b'],
  ['mailto:a@example.com', 'mailto:a@example.com'],
])('resolves %s to %j', (href, address) => {
  expect(
    resolveGuideLink(
      href,
      'guide/connect.md',
      guideList,
      name => `/docs/${name}`,
    ),
  ).toBe(address);
});
