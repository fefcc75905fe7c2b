import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { Plan } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  describeRequest,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  LiveContent,
  type Live,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  List,
  ListItem,
  ListItemText,
  makeStyles,
  Paper,
  Typography,
} from '@material-ui/core';
import { requestsRouteRef } from '../../routeRefs';
import { pendingFirst } from '../RequestsPage/requestColumns';
import { phaseOf, RequestState } from '../RequestsPage/RequestState';

const useStyles = makeStyles(theme => ({
  card: { padding: theme.spacing(3), height: '100%' },
}));

/** Days for which one is told that a request of one's own came to nothing. */
const toldDays = 7;
/** Requests that are listed; the page of requests lists all. */
const requestsShown = 5;

/** What waits for the person, and the person's own requests with where they stand. */
export function HomeRequests({
  plans,
  requests,
  tenants = [],
}: {
  plans: Plan[];
  requests: Live<RequestView[]>;
  tenants?: TenantView[];
}) {
  const classes = useStyles();
  const route = useRouteRef(requestsRouteRef)();
  const now = Date.now();
  const isShown = (request: RequestView) =>
    request.mayDecide || isNews(request, now);
  return (
    <Paper className={classes.card}>
      <Typography variant="h5" component="h2">
        Requests
      </Typography>
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
              <List>
                {shown.slice(0, requestsShown).map(request => {
                  const { mayDecide, metadata, spec } = request;
                  return (
                    <ListItem key={metadata.name} disableGutters divider>
                      <ListItemText
                        primary={
                          <Link to={`${route}?request=${metadata.name}`}>
                            {describeRequest({ spec })}
                          </Link>
                        }
                        secondary={
                          mayDecide ? (
                            `is pending your approval: “${spec.reason}”`
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
                <Typography color="textSecondary" gutterBottom>
                  {formatCount(others, 'more request')}
                </Typography>
              )}
              <LinkButton to={route} variant="outlined">
                All requests
              </LinkButton>
            </>
          );
        }}
      </LiveContent>
    </Paper>
  );
}

/** Whether a request of one's own is under way, or came to nothing a short while ago. */
function isNews(request: RequestView, now: number): boolean {
  if (!request.mine) return false;
  const phase = phaseOf(request);
  if (phase === 'Open' || phase === 'Approved') return true;
  const { conditions = [], verdict } = request.status ?? {};
  const at = verdict?.at ?? conditions.at(-1)?.lastTransitionTime ?? '';
  const isRecent = Date.parse(at) > now - toldDays * 86_400_000;
  return isRecent && ['Denied', 'Failed', 'Expired'].includes(phase);
}
