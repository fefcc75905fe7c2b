import {
  BreadcrumbEntry,
  PageLayout,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { PluginHeader } from '@backstage/ui';
import { useMemo } from 'react';
import { Helmet } from 'react-helmet';
import { useResolvedPath } from 'react-router-dom';
import { useBreadcrumbs } from './useBreadcrumbs';
import { useMainLandmark } from './useMainLandmark';
import { usePanelOfTabs } from './usePanelOfTabs';
import { usePortalTitle } from './usePortalTitle';

/** Backstage's frame of pages; here its header with the level 1 heading is a landmark, and the browser tab has its title. Pages with an empty title bring their own header. */
function LandmarkLayout({
  children,
  headerActions,
  icon,
  noHeader,
  tabs,
  title,
  titleLink,
}: PageLayoutProps) {
  const parent = useResolvedPath('.').pathname.replace(/\/$/, '');
  const resolvedTabs = useMemo(
    () =>
      tabs?.map(tab => ({
        ...tab,
        href: tab.href.startsWith('/') ? tab.href : `${parent}/${tab.href}`,
        matchStrategy: 'prefix' as const,
      })),
    [tabs, parent],
  );
  const breadcrumbs = useBreadcrumbs();
  const { header, panel } = usePanelOfTabs();
  const main = useMainLandmark();
  const portal = usePortalTitle();
  // The page of a template or task is deeper than its plugin.
  const page = title && (breadcrumbs.at(-1)?.label ?? title);
  // Headers of content within the page set their own title.
  const tabTitle = (
    <Helmet
      defaultTitle={page && `${page} | ${portal}`}
      titleTemplate={`%s | ${portal}`}
    />
  );
  if (noHeader || title === '')
    return (
      <>
        {tabTitle}
        {children}
      </>
    );
  const content = (
    <>
      {tabTitle}
      <header ref={header} data-page-header>
        <PluginHeader
          title={title}
          icon={icon}
          titleLink={titleLink}
          breadcrumbs={breadcrumbs}
          tabs={resolvedTabs}
          customActions={headerActions}
        />
      </header>
      {/* Without boxes of their own, so that the content keeps its layout. */}
      <div ref={main} style={{ display: 'contents' }}>
        {tabs?.length ? (
          <div ref={panel} style={{ display: 'contents' }}>
            {children}
          </div>
        ) : (
          children
        )}
      </div>
    </>
  );
  if (!title) return content;
  return (
    <BreadcrumbEntry
      entry={{ label: title, href: titleLink ?? (parent || '/') }}
    >
      {content}
    </BreadcrumbEntry>
  );
}

/** Replaces Backstage's frame of pages. */
export const pageLayout = SwappableComponentBlueprint.make({
  name: 'core-page-layout',
  params: define =>
    define({ component: PageLayout, loader: () => LandmarkLayout }),
});
