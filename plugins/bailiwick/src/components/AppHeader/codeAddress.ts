import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Whether the code of an app is in another git host than that of the portal, whose repositories have no scheme or host. */
export function isElsewhere({ spec }: Pick<App, 'spec'>): boolean {
  return spec.source.repository.includes(':');
}

/**
 * Returns the address for editing an app's code: the website of its repository if it has one, otherwise the tab Code.
 *
 * @param page - address of the app's page
 */
export function codeAddress(app: Pick<App, 'spec'>, page: string): string {
  const { repository } = app.spec.source;
  return /^https?:\/\//.test(repository)
    ? repository.replace(/\.git$/, '')
    : `${page}/code`;
}
