import {
  LiveContent,
  LiveMark,
  EmptyState,
  SearchableTable,
  Stack,
  type Live,
  type RowSections,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import type { ReactNode } from 'react';
import { ClusterProgress } from './ClusterProgress';
import { EmptyReason } from './EmptyReason';
import { FilterChips } from './FilterChips';
import { useFilters, type FilterChoice, type Filters } from './useFilters';
import { PageFrame } from './PageFrame';
import { RequestTenantButton } from './RequestTenantButton';

/** A page with one live list of tenants or their requests, with search and filters. */
export function ListPage<T extends { metadata: { name: string } }>({
  aside = <RequestTenantButton />,
  children,
  choice,
  columns,
  empty,
  filters,
  list,
  notice,
  question,
  sections,
  sort,
  title,
}: {
  /** Content beside the search field; by default, the button for a new tenant. */
  aside?: ReactNode;
  /** Shown beside the list, such as a drawer. */
  children?: ReactNode;
  choice?: FilterChoice<T>;
  columns: TableColumn<T>[];
  empty: { title: string; text: string };
  filters: Filters<T>;
  list: Live<T[]>;
  /** Notice above the list. */
  notice?: ReactNode;
  /** Question that the page answers. */
  question: string;
  sections?: RowSections<T>;
  /** Order until one sorts by a column. */
  sort: (a: T, b: T) => number;
  /** Name of the listed items, such as "Apps". */
  title: string;
}) {
  const { fits } = useFilters(filters, choice);
  return (
    <PageFrame
      title={title}
      subtitle={question}
      actions={<LiveMark live={list} />}
    >
      <ClusterProgress />
      <Stack spacing={3}>
        {notice}
        <LiveContent
          live={list}
          what={title}
          isEmpty={items => items.length === 0}
          empty={
            <EmptyState title={empty.title} action={<RequestTenantButton />}>
              <EmptyReason text={empty.text} />
            </EmptyState>
          }
        >
          {items => {
            const shown = items.filter(fits).sort(sort);
            return (
              <>
                <FilterChips choice={choice} filters={filters} items={items} />
                {shown.length === 0 ? (
                  <Typography color="textSecondary">
                    None of {items.length} matches the filters. Clear them to
                    see all.
                  </Typography>
                ) : (
                  <SearchableTable
                    label={title.toLowerCase()}
                    aside={aside}
                    columns={columns}
                    idOf={({ metadata }) => metadata.name}
                    rows={shown}
                    sections={sections}
                  />
                )}
              </>
            );
          }}
        </LiveContent>
      </Stack>
      {children}
    </PageFrame>
  );
}
