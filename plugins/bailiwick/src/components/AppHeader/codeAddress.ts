import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

type CodeApp = Pick<AppView, 'spec' | 'hasMirror'>;

/** Whether the code of an app is at another git host, whose repositories have a scheme or host. */
export function isElsewhere({ spec }: CodeApp): boolean {
  return spec.source.repository.includes(':');
}

/** Whether the portal can neither read nor change the code of an app. */
export function isOutOfReach(app: CodeApp): boolean {
  return isElsewhere(app) && !app.hasMirror;
}

/**
 * Returns the address for editing an app's code: the tab Code, or the website of a repository that the portal can't
 * change.
 *
 * @param page - address of the app's page
 */
export function codeAddress(app: CodeApp, page: string): string {
  const { repository } = app.spec.source;
  return isOutOfReach(app) && /^https?:\/\//.test(repository)
    ? repository.replace(/\.git$/, '')
    : `${page}/code`;
}
