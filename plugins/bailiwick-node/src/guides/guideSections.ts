/** Sections of the list of guides, with the files that the portal serves, both in the order of the page. */
export const guideSections = [
  {
    title: 'Apps and data',
    paths: [
      'user-guide.md',
      'guide/search.md',
      'guide/catalog.md',
      'guide/functions.md',
      'guide/connect.md',
      'guide/request-access.md',
    ],
  },
  {
    title: 'Operations',
    paths: ['guide/operate.md', 'guide/health.md', 'guide/fleet.md'],
  },
  { title: 'Tenants', paths: ['guide/tenants.md'] },
  { title: 'Domain packs', paths: ['guide/write-a-pack.md'] },
  {
    title: 'Platform',
    paths: [
      'install/cluster.md',
      'install/networking.md',
      'install/identity.md',
      'install/git-hosts.md',
      'install/backup.md',
      'production.md',
      'install/existing-portal.md',
      'guide/platform.md',
      'guide/notifications.md',
      'guide/alerts.md',
      'isolation.md',
      'limits.md',
    ],
  },
];
