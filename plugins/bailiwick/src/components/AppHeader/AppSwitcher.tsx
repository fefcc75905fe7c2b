import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  bailiwickApiRef,
  HealthIcon,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Divider,
  IconButton,
  ListItemIcon,
  makeStyles,
  Menu,
  MenuItem,
  Tooltip,
} from '@material-ui/core';
import UnfoldMoreIcon from '@material-ui/icons/UnfoldMore';
import { useId, useState } from 'react';
import { Link } from 'react-router-dom';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { fleetRouteRef } from '../../routeRefs';
import { useAppAddress } from '../AppLink';

const useStyles = makeStyles(theme => ({
  icon: { minWidth: theme.spacing(4) },
  item: { maxWidth: 360, whiteSpace: 'normal', overflowWrap: 'anywhere' },
}));

/** Switches to another app of the same tenant and keeps the open tab; the apps are loaded when the menu opens. */
export function AppSwitcher({
  name,
  tab,
  tenant,
}: {
  name: string;
  /** Path of the open tab. */
  tab?: string | null;
  tenant: string;
}) {
  const classes = useStyles();
  const id = useId();
  const client = useApi(bailiwickApiRef);
  const toApps = useRouteRef(fleetRouteRef)();
  const addressOf = useAppAddress();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [{ error, value: apps }, load] = useAsyncFn(async () => {
    const all = await client.listApps();
    return all
      .filter(app => app.tenant === tenant)
      .sort((a, b) => a.spec.title.localeCompare(b.spec.title));
  }, [client, tenant]);
  const close = () => setAnchor(undefined);
  const path = tab && tab !== '/' ? tab : '';
  return (
    <>
      <Tooltip title="Switch app">
        <IconButton
          aria-label="Switch app"
          aria-haspopup="menu"
          aria-controls={anchor && id}
          onClick={({ currentTarget }) => {
            setAnchor(currentTarget);
            load();
          }}
        >
          <UnfoldMoreIcon />
        </IconButton>
      </Tooltip>
      <Menu
        id={id}
        open={anchor !== undefined}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={close}
      >
        {!apps && (
          <MenuItem disabled className={classes.item}>
            {error ? `Apps can’t be loaded: ${error.message}` : 'Loading…'}
          </MenuItem>
        )}
        {apps?.map(({ metadata, spec, status }) => {
          const isOpen = metadata.name === name;
          return (
            <MenuItem
              key={metadata.name}
              className={classes.item}
              component={Link}
              to={`${addressOf({ name: metadata.name, tenant })}${path}`}
              selected={isOpen}
              aria-current={isOpen ? 'page' : undefined}
              onClick={close}
            >
              <ListItemIcon className={classes.icon}>
                <HealthIcon health={status?.health ?? 'Unknown'} />
              </ListItemIcon>
              {spec.title}
            </MenuItem>
          );
        })}
        <Divider />
        <MenuItem component={Link} to={toApps} onClick={close}>
          All apps
        </MenuItem>
      </Menu>
    </>
  );
}
