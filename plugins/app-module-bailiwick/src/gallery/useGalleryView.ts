import { useAddress } from '@bailiwick/backstage-plugin-bailiwick-react';
import type { GalleryFilter } from './GalleryFilters';

/** Search, filter and open preview of the gallery, kept in the address of the page. */
export function useGalleryView() {
  const [params, change] = useAddress();
  const filter: GalleryFilter = {
    search: params.get('search') ?? '',
    only: params.get('only') ?? undefined,
  };
  return {
    filter,
    setFilter: ({ only, search }: GalleryFilter) => change({ only, search }),
    /** Name of the tenant that new apps go to, when the reader came from its page. */
    tenant: params.get('tenant') ?? undefined,
    clearTenant: () => change({ tenant: undefined }),
    /** Name of the template whose preview is open. */
    preview: params.get('preview') ?? undefined,
    setPreview: (preview?: string) => change({ preview }, { replace: false }),
  };
}
