import { useRouteRef } from '@backstage/core-plugin-api';
import { LiveContent } from '@bailiwick/backstage-plugin-bailiwick-react';
import { docsRouteRef } from '../../routeRefs';
import { NotFoundState } from '../NotFoundState';
import { PageFrame } from '../PageFrame';
import { GuideContent } from './GuideContent';
import { useGuide } from './useGuide';

/** A guide with its table of contents. */
export function GuidePage({ name }: { name: string }) {
  const toDocs = useRouteRef(docsRouteRef)();
  const { error, retry, value } = useGuide(name);
  return (
    <PageFrame
      parent={{ title: 'Docs', to: toDocs }}
      title={value?.guide?.title ?? 'Guide'}
    >
      <LiveContent
        live={{ error, value }}
        what="The guide"
        onRetry={retry}
        skeletons={[24, 160, 160]}
      >
        {({ guide, guides }) =>
          guide ? (
            <GuideContent guide={guide} guides={guides} />
          ) : (
            <NotFoundState
              title="Guide not found"
              back={{ to: toDocs, words: 'View all guides' }}
            >
              No guide has the name {name}. The link may be out of date.
            </NotFoundState>
          )
        }
      </LiveContent>
    </PageFrame>
  );
}
