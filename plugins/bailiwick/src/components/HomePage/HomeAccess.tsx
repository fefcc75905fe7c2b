import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  formatDate,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListItem, ListItemText } from '@material-ui/core';
import useAsync from 'react-use/esm/useAsync';
import { accessState } from '../access/useAppAccess';
import { HomeCard } from './HomeCard';

/** Data that the reader was granted access to, outside their tenants, live; nothing without any. */
export function HomeAccess() {
  const client = useApi(bailiwickApiRef);
  const route = useRouteRef(entityRouteRef);
  const requests = useLiveList<RequestView>('/requests').value ?? [];
  const { value = [] } = useAsync(
    () => client.listAccess(),
    // Read again when a request is decided or revoked.
    [client, accessState(requests)],
  );
  if (value.length === 0) return null;
  return (
    <HomeCard title="Data you can read">
      <List disablePadding>
        {value.map(
          ({ app, environment, expiresAt, request, tenant, title }) => (
            <ListItem key={request} disableGutters divider>
              <ListItemText
                primary={
                  <Link
                    to={route({ kind: 'api', namespace: tenant, name: app })}
                  >
                    {title}
                  </Link>
                }
                secondary={`${environment} in ${tenant}, until ${formatDate(
                  expiresAt,
                )}`}
              />
            </ListItem>
          ),
        )}
      </List>
    </HomeCard>
  );
}
