import { Content, LinkButton } from '@backstage/core-components';
import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { Helmet } from 'react-helmet';
import { usePortalTitle } from './usePortalTitle';

/** An address without a page, with the ways on. */
function PageNotFound() {
  const portal = usePortalTitle();
  return (
    <main>
      <Helmet title="Page not found" titleTemplate={`%s | ${portal}`} />
      <Content>
        <Stack align="start">
          <Typography variant="h4" component="h1">
            Page not found
          </Typography>
          <Typography>
            This address has no page. The link may be out of date, or the page
            may have been deleted.
          </Typography>
          <Stack direction="row" spacing={1}>
            <LinkButton to="/search" variant="contained" color="primary">
              Search
            </LinkButton>
            <LinkButton to="/" variant="outlined">
              Go to home
            </LinkButton>
          </Stack>
        </Stack>
      </Content>
    </main>
  );
}

/** Replaces Backstage's page for addresses without a page. */
export const notFoundPage = SwappableComponentBlueprint.make({
  name: 'core-not-found-error-page',
  params: define =>
    define({ component: NotFoundErrorPage, loader: () => PageNotFound }),
});
