import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { TenantRole } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { mayBuildAs } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Button, Typography } from '@material-ui/core';
import { requestTenantRouteRef } from '../routes';

const reasonId = 'why-no-app';

/** What the button needs to know of a tenant. */
interface Place {
  myRole?: TenantRole;
  spec: { cordon?: unknown };
}

/**
 * Leads to the templates; to the request of a tenant for people who belong to none; disabled, with
 * the reason, for people who may build nowhere.
 */
export function CreateAppButton({
  in: tenants,
}: {
  /** The tenants in question; not known yet when left out. */
  in?: Place[];
}) {
  const toRequest = useRouteRef(requestTenantRouteRef)();
  if (tenants?.length === 0)
    return (
      <div>
        <LinkButton to={toRequest} variant="contained" color="primary">
          Request a tenant
        </LinkButton>
        <Typography variant="body2" color="textSecondary">
          An app lives in a tenant, and you belong to none yet.
        </Typography>
      </div>
    );
  if (tenants && !tenants.some(({ myRole }) => mayBuildAs(myRole)))
    return (
      <div>
        <Button variant="contained" disabled aria-describedby={reasonId}>
          Pick a template
        </Button>
        <Typography id={reasonId} variant="body2" color="textSecondary">
          Builders and owners make apps; you are neither here. Ask an owner.
        </Typography>
      </div>
    );
  if (tenants?.every(({ spec }) => spec.cordon))
    return (
      <div>
        <Button variant="contained" disabled aria-describedby={reasonId}>
          Pick a template
        </Button>
        <Typography id={reasonId} variant="body2" color="textSecondary">
          The platform team has cordoned{' '}
          {tenants.length === 1 ? 'this tenant' : 'your tenants'}: nothing can
          be made until it ends.
        </Typography>
      </div>
    );
  return (
    <LinkButton to="/create" variant="contained" color="primary">
      Pick a template
    </LinkButton>
  );
}
