import { useSearchParams } from 'react-router-dom';
import type { GalleryFilter } from './GalleryFilters';

/** Search, filter and open preview of the gallery, kept in the address of the page. */
export function useGalleryView() {
  const [params, setParams] = useSearchParams();
  const set = (values: Record<string, string | undefined>, replace: boolean) =>
    setParams(
      before => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values))
          if (value === undefined) after.delete(name);
          else after.set(name, value);
        return after;
      },
      { replace },
    );
  const filter: GalleryFilter = {
    search: params.get('search') ?? '',
    only: params.get('only') ?? undefined,
  };
  return {
    filter,
    setFilter: ({ only, search }: GalleryFilter) =>
      set({ only, search: search || undefined }, true),
    /** Name of the template whose preview is open. */
    preview: params.get('preview') ?? undefined,
    setPreview: (preview?: string) => set({ preview }, false),
  };
}
