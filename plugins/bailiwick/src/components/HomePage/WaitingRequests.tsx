import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  List,
  ListItem,
  ListItemText,
  makeStyles,
  Paper,
  Typography,
} from '@material-ui/core';
import { requestsRouteRef } from '../../routes';
import { requestWords } from '../RequestsPage/requestWords';

const useStyles = makeStyles(theme => ({
  card: { padding: theme.spacing(3), height: '100%' },
}));

/** The requests that the person may decide, or made and that are not decided yet. */
export function WaitingRequests({
  requests = [],
}: {
  requests?: RequestView[];
}) {
  const classes = useStyles();
  const route = useRouteRef(requestsRouteRef)();
  const waiting = requests.filter(
    ({ mayDecide, mine, status }) =>
      mayDecide || (mine && (status?.phase ?? 'Open') === 'Open'),
  );
  return (
    <Paper className={classes.card}>
      <Typography variant="h5" component="h2">
        Waiting requests
      </Typography>
      {waiting.length === 0 ? (
        <Typography color="textSecondary">
          No request waits for your decision, and none of yours waits for
          somebody else’s.
        </Typography>
      ) : (
        <>
          <List>
            {waiting.map(({ mayDecide, metadata, spec }) => (
              <ListItem key={metadata.name} disableGutters divider>
                <ListItemText
                  primary={
                    <Link to={`${route}?request=${metadata.name}`}>
                      {requestWords({ spec })}
                    </Link>
                  }
                  secondary={
                    mayDecide
                      ? `Waits for you: ${spec.reason}`
                      : 'Waits for a platform engineer'
                  }
                />
              </ListItem>
            ))}
          </List>
          <LinkButton to={route} variant="outlined">
            All requests
          </LinkButton>
        </>
      )}
    </Paper>
  );
}
