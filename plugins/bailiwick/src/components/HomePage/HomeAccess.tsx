import { Link } from '@backstage/core-components';
import { formatDate } from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListItem, ListItemText } from '@material-ui/core';
import { useGrantedAccess } from '../access/useAppAccess';
import { useDataAddress } from '../AppLink';
import { Name } from '../Name';
import { HomeCard } from './HomeCard';

/** Data that the reader was granted access to, outside their tenants, live; nothing without any. */
export function HomeAccess() {
  const addressOf = useDataAddress();
  const granted = useGrantedAccess() ?? [];
  if (granted.length === 0) return null;
  return (
    <HomeCard title="Data you can read">
      <List disablePadding>
        {granted.map(
          ({ app, environment, expiresAt, request, tenant, title }) => (
            <ListItem key={request} disableGutters divider>
              <ListItemText
                primary={
                  <Link to={addressOf({ tenant, name: app })}>{title}</Link>
                }
                secondary={
                  <>
                    {environment} in <Name of={`domain:default/${tenant}`} />,
                    until {formatDate(expiresAt)}
                  </>
                }
              />
            </ListItem>
          ),
        )}
      </List>
    </HomeCard>
  );
}
