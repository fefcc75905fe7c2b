import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import type { GuideSummary } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  DenseListItem,
  EmptyState,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, Typography } from '@material-ui/core';
import { useId } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { guideRouteRef } from '../../routeRefs';
import { PageFrame } from '../PageFrame';

/** All guides, by section. */
export function DocsPage() {
  const client = useApi(bailiwickApiRef);
  const { error, retry, value } = useAsyncRetry(
    () => client.listGuides(),
    [client],
  );
  return (
    <PageFrame
      title="Docs"
      subtitle="How to use the portal, write packs and run the platform"
    >
      <LiveContent
        live={{ error, value }}
        what="Docs"
        onRetry={retry}
        isEmpty={all => all.length === 0}
        empty={
          <EmptyState title="No guides">
            A platform engineer adds them with bailiwick.docs.path in the
            configuration of the portal.
          </EmptyState>
        }
      >
        {all => (
          <Stack spacing={3}>
            {[...new Set(all.map(({ section }) => section))].map(title => (
              <GuideList
                key={title}
                title={title}
                guides={all.filter(({ section }) => section === title)}
              />
            ))}
          </Stack>
        )}
      </LiveContent>
    </PageFrame>
  );
}

function GuideList({
  guides,
  title,
}: {
  guides: GuideSummary[];
  title: string;
}) {
  const id = useId();
  const toGuide = useRouteRef(guideRouteRef);
  return (
    <section aria-labelledby={id}>
      <Typography id={id} variant="h5" component="h2">
        {title}
      </Typography>
      <List dense aria-labelledby={id}>
        {guides.map(guide => (
          <DenseListItem
            key={guide.name}
            primary={
              <Link to={toGuide({ guide: guide.name })}>{guide.title}</Link>
            }
            secondary={guide.summary}
          />
        ))}
      </List>
    </section>
  );
}
