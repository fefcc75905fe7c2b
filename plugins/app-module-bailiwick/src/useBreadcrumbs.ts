import { useApiHolder } from '@backstage/core-plugin-api';
import { useBreadcrumbEntries } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useLocation } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const templatePage = /\/templates\/([^/]+)\/([^/]+)$/;

/** Returns the breadcrumbs of a page in words: Backstage names the page of a task by its ID, and of a template by its name. */
export function useBreadcrumbs() {
  const catalog = useApiHolder().get(catalogApiRef);
  const { items } = useBreadcrumbEntries();
  const [, namespace, name] = templatePage.exec(useLocation().pathname) ?? [];
  const { value: template } = useAsync(
    async () =>
      name && catalog?.getEntityByRef({ kind: 'template', namespace, name }),
    [catalog, namespace, name],
  );
  return items.map(entry => {
    if (uuid.test(entry.label)) return { ...entry, label: 'Task' };
    if (!name || entry.label !== name) return entry;
    const { title = 'Template' } = (template || undefined)?.metadata ?? {};
    return { ...entry, label: title };
  });
}
