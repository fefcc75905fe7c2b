import {
  searchTypes,
  type SearchKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** A filter of search results by kind. */
export interface SearchFilter {
  /** Value in the address. */
  id: string;
  label: string;
  /** Types of documents; all when absent. */
  types?: string[];
  kind?: SearchKind;
}

/** Type of the documents that Backstage's catalog module adds. */
const catalogType = 'software-catalog';

/** Filters of the search page, in their order; the first one is the default. */
export const searchFilters: SearchFilter[] = [
  { id: 'all', label: 'All' },
  ofCatalog('app', 'Apps'),
  ofCatalog('function', 'Functions'),
  ofCatalog('column', 'Columns'),
  ofCatalog('term', 'Terms'),
  ofCatalog('domain', 'Domains'),
  { id: 'tenant', label: 'Tenants', types: [searchTypes.tenants] },
  { id: 'request', label: 'Requests', types: [searchTypes.requests] },
  { id: 'docs', label: 'Docs', types: [searchTypes.docs] },
  { id: 'catalog', label: 'Catalog', types: [catalogType] },
];

function ofCatalog(kind: SearchKind, label: string): SearchFilter {
  return { id: kind, label, types: [searchTypes.catalog], kind };
}

/** Returns the filter of an ID; the default for unknown IDs. */
export function searchFilterOf(id: string | null): SearchFilter {
  return searchFilters.find(filter => filter.id === id) ?? searchFilters[0];
}
