import {
  LiveContent,
  LiveMark,
  EmptyState,
  SearchableTable,
  type Live,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import type { ReactNode } from 'react';
import { ClusterProgress } from './ClusterProgress';
import { PageFrame } from './PageFrame';

const useStyles = makeStyles(theme => ({
  notice: { marginBottom: theme.spacing(3) },
}));

/** A page that shows one live list: searchable, with the one button that adds to it. */
export function ListPage<T>({
  action,
  children,
  columns,
  empty,
  filter = () => true,
  filters,
  idOf,
  list,
  notice,
  question,
  sort = () => 0,
  title,
}: {
  action: ReactNode;
  /** Shown beside the list, such as a drawer. */
  children?: ReactNode;
  columns: TableColumn<T>[];
  empty: { title: string; text: string };
  /** Which items are shown; all when left out. */
  filter?: (item: T) => boolean;
  /** Chooses what is shown. */
  filters?: ReactNode;
  idOf: (item: T) => string;
  list: Live<T[]>;
  /** Said above the list. */
  notice?: ReactNode;
  /** What the page answers. */
  question: string;
  /** Order until one sorts by a column. */
  sort?: (a: T, b: T) => number;
  /** What is listed: "Apps". */
  title: string;
}) {
  const classes = useStyles();
  return (
    <PageFrame
      title={title}
      subtitle={question}
      actions={<LiveMark live={list} />}
    >
      <ClusterProgress />
      {notice && <div className={classes.notice}>{notice}</div>}
      <LiveContent
        live={list}
        what={`The ${title.toLowerCase()}`}
        isEmpty={items => items.length === 0}
        empty={
          <EmptyState title={empty.title} action={action}>
            {empty.text}
          </EmptyState>
        }
      >
        {items => {
          const shown = items.filter(filter).sort(sort);
          return (
            <>
              {filters && <div className={classes.notice}>{filters}</div>}
              {shown.length === 0 ? (
                <Typography color="textSecondary">
                  None of {items.length} fits the filters. Clear them to see
                  all.
                </Typography>
              ) : (
                <SearchableTable
                  label={title.toLowerCase()}
                  aside={action}
                  columns={columns}
                  idOf={idOf}
                  rows={shown}
                />
              )}
            </>
          );
        }}
      </LiveContent>
      {children}
    </PageFrame>
  );
}
