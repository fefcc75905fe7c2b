import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityRefLinks,
  entityRouteRef,
  FavoriteEntity,
  getEntityRelations,
  useEntity,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import { Header } from '@backstage/ui';
import { appOf, isAppApi } from '../../entityKinds';
import type { AppHeaderProps } from './AppHeader';
import { ApiActions } from './ApiActions';
import { AppMenu } from './AppMenu';
import { useHeaderStyles } from './useHeaderStyles';

/** The header of the API or the system of an app: tenant and title, kind, owner, the system that it is part of, and the way to the data of an API. */
export function AppPartHeader({ activeTabId, tabs }: AppHeaderProps) {
  const classes = useHeaderStyles();
  const { entity } = useEntity();
  const app = appOf(entity)!;
  const domain = { kind: 'domain', namespace: 'default', name: app.tenant };
  const { primaryTitle: tenantTitle } = useEntityPresentation(domain);
  const { primaryTitle: title } = useEntityPresentation(entity);
  const toEntity = useRouteRef(entityRouteRef);
  const relations = [
    { label: 'Owner', refs: getEntityRelations(entity, 'ownedBy') },
    {
      label: 'System',
      refs: getEntityRelations(entity, 'partOf', { kind: 'system' }),
    },
  ];
  return (
    <Header
      className={classes.top}
      title={title}
      breadcrumbs={[{ label: tenantTitle, href: toEntity(domain) }]}
      tags={[{ label: entity.kind }]}
      metadata={relations
        .filter(({ refs }) => refs.length > 0)
        .map(({ label, refs }) => ({
          label,
          value: (
            <span className={classes.owners}>
              <EntityRefLinks entityRefs={refs} hideIcons />
            </span>
          ),
        }))}
      tabs={tabs}
      activeTabId={activeTabId}
      customActions={
        <>
          {isAppApi(entity) && (
            <ApiActions app={app} tab={activeTabId} title={title} />
          )}
          <FavoriteEntity entity={entity} />
          <AppMenu />
        </>
      }
    />
  );
}
