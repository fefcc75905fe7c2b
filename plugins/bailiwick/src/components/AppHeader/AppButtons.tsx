import { LinkButton } from '@backstage/core-components';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useAppAddress } from '../AppLink';
import { codeAddress, isOutOfReach } from './codeAddress';

/** The ways from an app's header to its data and its code. */
export function AppButtons({
  app,
  name,
  tab,
  tenant,
}: {
  /** Absent while it loads. */
  app?: AppView;
  name: string;
  /** Path of the open tab; its own main button is the only one, and no button leads to itself. */
  tab?: string | null;
  tenant: string;
}) {
  const page = useAppAddress()({ name, tenant });
  const isOverview = tab === '/';
  const isOn = (path: string) => tab?.replace(/^\//, '') === path;
  return (
    <>
      {app?.canBuild && (!isOn('code') || isOutOfReach(app)) && (
        <LinkButton to={codeAddress(app, page)} size="small" variant="outlined">
          Edit code
        </LinkButton>
      )}
      {!isOn('get-data') && (
        <LinkButton
          to={`${page}/get-data`}
          size="small"
          variant={isOverview ? 'contained' : 'outlined'}
          color="primary"
        >
          Get data
        </LinkButton>
      )}
    </>
  );
}
