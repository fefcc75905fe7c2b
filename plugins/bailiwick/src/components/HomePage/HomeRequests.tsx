import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  describeRequest,
  isInProgress,
  requestStateOf,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  LiveContent,
  RequestChip,
  Stack,
  type Live,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListItem, ListItemText, Typography } from '@material-ui/core';
import { requestsRouteRef } from '../../routeRefs';
import { Name } from '../Name';
import { HomeCard } from './HomeCard';
import { pendingFirst } from '../RequestsPage/requestSections';
import { RequestState } from '../RequestsPage/RequestState';

/** Days for which a denied, failed or expired request of the reader is shown. */
const toldDays = 7;
/** Requests that are listed; the Requests page lists all. */
const requestsShown = 5;

/** Requests that the reader may decide, and the reader's own requests with their state. */
export function HomeRequests({
  plans,
  requests,
  tenants = [],
}: {
  plans: Plan[];
  requests: Live<RequestView[]>;
  tenants?: TenantView[];
}) {
  const route = useRouteRef(requestsRouteRef)();
  const now = Date.now();
  const isShown = (request: RequestView) =>
    request.canDecide || isNews(request, now);
  return (
    <HomeCard title="Requests" more={<Link to={route}>View all requests</Link>}>
      <LiveContent
        live={requests}
        what="Your requests"
        skeletons={[48]}
        isEmpty={items => !items.some(isShown)}
        empty={
          <Typography color="textSecondary">No pending requests</Typography>
        }
      >
        {items => {
          const shown = items.filter(isShown).sort(pendingFirst);
          const others = shown.length - requestsShown;
          return (
            <>
              <List disablePadding>
                {shown.slice(0, requestsShown).map(request => {
                  const { canDecide, metadata, spec } = request;
                  return (
                    <ListItem key={metadata.name} disableGutters divider>
                      <ListItemText
                        primary={
                          <Stack
                            direction="row"
                            justify="space-between"
                            spacing={1}
                          >
                            <Link to={`${route}?request=${metadata.name}`}>
                              {describeRequest(request)}
                            </Link>
                            <RequestChip state={requestStateOf(request)} />
                          </Stack>
                        }
                        secondary={
                          canDecide ? (
                            <>
                              Requested by <Name of={spec.requestedBy} />: “
                              {spec.reason}”
                            </>
                          ) : (
                            <RequestState
                              request={request}
                              plans={plans}
                              tenant={tenants.find(
                                one => one.metadata.name === targetTenant(spec),
                              )}
                            />
                          )
                        }
                      />
                    </ListItem>
                  );
                })}
              </List>
              {others > 0 && (
                <Typography color="textSecondary">
                  {formatCount(others, 'more request')}
                </Typography>
              )}
            </>
          );
        }}
      </LiveContent>
    </HomeCard>
  );
}

/** Whether a request of the reader is in progress, or was denied, failed or expired recently. */
function isNews(request: RequestView, now: number): boolean {
  if (!request.mine) return false;
  if (isInProgress(request)) return true;
  const { conditions = [], verdict } = request.status ?? {};
  const at = verdict?.at ?? conditions.at(-1)?.lastTransitionTime ?? '';
  const isRecent = Date.parse(at) > now - toldDays * 86_400_000;
  return (
    isRecent &&
    ['Denied', 'Failed', 'Expired'].includes(requestStateOf(request))
  );
}
