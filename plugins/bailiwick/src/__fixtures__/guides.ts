import type {
  GuideSummary,
  GuideView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** A guide with links, a table and code. */
export const connectGuide: GuideView = {
  name: 'connect',
  path: 'guide/connect.md',
  section: 'Apps and data',
  title: 'Read data in BI tools',
  summary: 'Read the tables of an app.',
  parts: [
    {
      anchor: '',
      level: 1,
      title: 'Read data in BI tools',
      markdown:
        'Choose [your tool](#tools), or start with the [user guide](../user-guide.md#get-a-tenant), the [gateway](../../packages/gateway/README.md) or [OData](https://odata.test/).\n',
    },
    {
      anchor: 'tools',
      level: 2,
      title: 'Tools',
      markdown: '| tool | format |\n| - | - |\n| Excel | OData |\n',
    },
    {
      anchor: 'programs',
      level: 3,
      title: 'Programs',
      markdown: '```sh\ncurl "$FEED/prices"\n```\n',
    },
    {
      anchor: 'problems',
      level: 2,
      title: 'Problems',
      markdown: 'The token expired: create a new one.\n',
    },
  ],
};

/** The list of guides, with one more than {@link connectGuide}. */
export const guideList: GuideSummary[] = [
  {
    name: 'user-guide',
    path: 'user-guide.md',
    section: 'Apps and data',
    title: 'User guide',
    summary: 'Get a tenant and create an app.',
  },
  connectGuide,
  {
    name: 'platform',
    path: 'guide/platform.md',
    section: 'Platform',
    title: 'A guide for platform engineers',
    summary: 'Define plans and rules.',
  },
].map(({ name, path, section, summary, title }) => ({
  name,
  path,
  section,
  title,
  summary,
}));
