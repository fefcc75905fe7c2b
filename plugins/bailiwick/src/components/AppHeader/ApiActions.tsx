import { LinkButton } from '@backstage/core-components';
import { useLocation } from 'react-router-dom';
import { AccessAction } from '../access/AccessAction';
import type { AppRef } from '../access/useAppAccess';
import { useReadability } from '../access/useReadability';
import { useDataAddress } from '../AppLink';

/** The way from an API to its data, or to the access that the reader needs. */
export function ApiActions({
  app,
  tab,
  title,
}: {
  app: AppRef;
  /** Path of the open tab; the overview itself has the ways to access. */
  tab?: string | null;
  /** Display name of the app. */
  title: string;
}) {
  const { hash } = useLocation();
  const addressOf = useDataAddress();
  const readability = useReadability()(app);
  if (readability !== 'readable')
    return tab === '/' ? null : (
      <AccessAction app={app} readability={readability} title={title} />
    );
  return (
    <LinkButton
      to={`${addressOf(app)}${hash}`}
      size="small"
      variant="contained"
      color="primary"
    >
      Get data
    </LinkButton>
  );
}
