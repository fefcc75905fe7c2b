import { VisuallyHidden } from '@backstage/ui';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { FakePortal } from '../../src/__fixtures__/FakePortal';
import { anApp } from '../../src/__fixtures__/views';
import { CallsCard } from '../../src/components/calls/CallsCard';
import { MetricsHistoryCard } from '../../src/components/DeployTab/pods/metrics/MetricsHistoryCard';
import { QuotaHistory } from '../../src/components/TenantPage/quota/QuotaHistory';
import type { Example } from './Example';
import { callHistory } from './fixtures/callHistory';
import { chart, chartCalls } from './fixtures/charts';
import { appPath, completePortal } from './fixtures/portals';

type Calls = keyof typeof chartCalls;

const titles: Record<Exclude<Calls, 'day'>, string> = {
  onePoint: 'one point',
  gaps: 'gaps',
  notANumber: 'values that are not numbers',
  million: 'hundreds of millions of calls',
  zero: 'only zeros',
  none: 'no values',
};

/** Inputs that make a difference for the card with all charts; the others take time and show nothing new. */
const hasHistory: Calls[] = ['notANumber', 'million', 'none'];

function portalWithCalls(calls: Calls): FakePortal {
  // JSON has no such values, so the wire carries null for them.
  const history = callHistory(chartCalls[calls]);
  return completePortal()
    .answers(`GET ${appPath}/history?span=day`, history)
    .answers(`GET ${appPath}/history?span=day&environment=dev`, history);
}

const app = { app: 'month-end-prices', tenant: 'rates-desk' };

const charts = (Object.keys(titles) as (keyof typeof titles)[]).map(
  (name): Example => ({
    name: `chart-${name.toLowerCase()}`,
    title: `Charts with ${titles[name]}`,
    portal: () => portalWithCalls(name),
    element: (
      <>
        {/* On the page of an app, its title is above the cards. */}
        <VisuallyHidden>
          <h2>Month-end prices</h2>
        </VisuallyHidden>
        <Stack>
          {chart(name)}
          <CallsCard {...app} />
          {hasHistory.includes(name) && (
            <MetricsHistoryCard
              app={anApp()}
              environment="dev"
              onEnvironment={() => {}}
            />
          )}
        </Stack>
      </>
    ),
    shows: hasHistory.includes(name) ? 'p95 latency' : 'now',
  }),
);

const usage = ['2026-11-23T08:00:00Z', '2026-11-24T08:00:00Z'].map(at => ({
  at,
  cpu: '1500m',
  memory: '3Gi',
  storage: '18Gi',
  gpu: '0',
  apps: 4,
  usedRatio: 0.75,
}));

/** Charts with input that breaks axes and lines. */
export const chartExamples: Example[] = [
  ...charts,
  {
    name: 'chart-usage',
    title: 'Usage charts with two samples',
    element: <QuotaHistory samples={usage as never} />,
    shows: 'Highest usage',
  },
];
