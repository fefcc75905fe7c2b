import { LinkButton } from '@backstage/core-components';
import {
  mayBuildAs,
  type TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';

const reasonId = 'why-no-app';

/** Leads to the templates; disabled, with the reason, for people who may build nowhere. */
export function MakeAppButton({
  in: tenant,
}: {
  /** Name of the one tenant that counts; all when left out. */
  in?: string;
}) {
  const { value: tenants } = useLiveList<TenantView>('/tenants');
  const builds = tenants?.some(
    ({ metadata, myRole }) =>
      mayBuildAs(myRole) && (!tenant || metadata.name === tenant),
  );
  if (builds === false) {
    return (
      <div>
        <Button variant="contained" disabled aria-describedby={reasonId}>
          Pick a template
        </Button>
        <Typography id={reasonId} variant="body2" color="textSecondary">
          {tenants?.length === 0
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
