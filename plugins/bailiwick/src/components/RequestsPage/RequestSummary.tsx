import { Link } from '@backstage/core-components';
import { describeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { makeStyles, Typography } from '@material-ui/core';
import { useSearchParams } from 'react-router-dom';

const useStyles = makeStyles({ root: { minWidth: 0 } });

/** Summary of a request; opens the request beside the list, which keeps its filter and order. */
export function RequestSummary({ request }: { request: RequestView }) {
  const classes = useStyles();
  const [params] = useSearchParams();
  const opened = new URLSearchParams(params);
  opened.set('request', request.metadata.name);
  const { reason } = request.spec;
  return (
    <div className={classes.root}>
      <Link to={`?${opened}`}>{describeRequest(request)}</Link>
      <Typography variant="body2" color="textSecondary" noWrap title={reason}>
        {reason}
      </Typography>
    </div>
  );
}
