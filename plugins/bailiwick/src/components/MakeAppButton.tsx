import { LinkButton } from '@backstage/core-components';
import {
  mayBuildAs,
  type TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { Button, Typography } from '@material-ui/core';

const reasonId = 'why-no-app';

/** Leads to the templates; disabled, with the reason, for people who may build nowhere. */
export function MakeAppButton({
  in: tenants,
}: {
  /** The tenants in question; not known yet when left out. */
  in?: TenantView[];
}) {
  if (tenants && !tenants.some(({ myRole }) => mayBuildAs(myRole))) {
    return (
      <div>
        <Button variant="contained" disabled aria-describedby={reasonId}>
          Pick a template
        </Button>
        <Typography id={reasonId} variant="body2" color="textSecondary">
          {tenants.length === 0
            ? 'Request a tenant first; an app lives in one.'
            : 'Builders and owners make apps; you are neither here. Ask an owner.'}
        </Typography>
      </div>
    );
  }
  return (
    <LinkButton to="/create" variant="contained" color="primary">
      Pick a template
    </LinkButton>
  );
}
