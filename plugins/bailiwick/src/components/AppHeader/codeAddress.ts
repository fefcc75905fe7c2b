import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Fragment of the card that shows how to clone the code. */
export const codeFragment = 'code';

/**
 * Returns the address for editing an app's code: the website of its repository if it has one, otherwise the
 * instructions for cloning it.
 *
 * @param page - address of the app's page
 */
export function codeAddress({ spec }: Pick<App, 'spec'>, page: string): string {
  const { repository } = spec.source;
  return /^https?:\/\//.test(repository)
    ? repository.replace(/\.git$/, '')
    : `${page}/get-data#${codeFragment}`;
}
