import { LinkButton } from '@backstage/core-components';
import {
  createAppRefusal,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import { useId } from 'react';
import { RequestTenantButton } from './RequestTenantButton';

/**
 * Leads to the templates; to the request of a tenant for people who belong to none; disabled, with
 * the reason, for people who may build nowhere.
 */
export function CreateAppButton({
  in: tenants,
  tenant,
}: {
  /** The tenants in question; not known yet when left out. */
  in?: Parameters<typeof createAppRefusal>[0];
  /** Name of the app's tenant; the form asks for it if absent. */
  tenant?: string;
}) {
  const reasonId = useId();
  if (tenants?.length === 0)
    return (
      <Stack align="start" spacing={1}>
        <RequestTenantButton />
        <Typography variant="body2" color="textSecondary">
          Apps belong to a tenant, and you aren’t a member of any tenant yet.
        </Typography>
      </Stack>
    );
  const reason = tenants && createAppRefusal(tenants);
  return reason ? (
    <Stack align="start" spacing={1}>
      <Button variant="contained" disabled aria-describedby={reasonId}>
        Pick a template
      </Button>
      <Typography id={reasonId} variant="body2" color="textSecondary">
        {reason}
      </Typography>
    </Stack>
  ) : (
    <LinkButton
      to={tenant ? `/create?tenant=${tenant}` : '/create'}
      variant="contained"
      color="primary"
    >
      Pick a template
    </LinkButton>
  );
}
