import type { GuideSummary } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/**
 * Returns the address of a link in a guide: its own if external, that of the portal's page for guides, and an empty
 * one for files that the portal does not serve.
 *
 * @param from - path of the guide that contains the link
 * @param addressOf - returns the address of a guide's page by its name
 */
export function resolveGuideLink(
  href: string,
  from: string,
  guides: GuideSummary[],
  addressOf: (name: string) => string,
): string {
  if (/^[a-z][a-z\d+.-]*:/i.test(href)) return href;
  const { hash, pathname } = new URL(href, `file:///${from}`);
  const target = guides.find(({ path }) => pathname === `/${path}`);
  return target ? addressOf(target.name) + hash : '';
}
