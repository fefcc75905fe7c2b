import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  CopyText,
  Facts,
  RowTable,
  Stack,
  useLinkedField,
  type LinkedField,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { useId } from 'react';
import type { ApiDocument, ApiField, ApiOperation } from './readOpenApi';

const useStyles = makeStyles(theme => ({
  operation: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  // Leaves the lines above in sight.
  anchor: { scrollMarginTop: `${theme.spacing(10)}px` },
  linked: { background: theme.palette.action.selected },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  name: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  text: { maxWidth: '80ch' },
  summary: { cursor: 'pointer', marginBottom: theme.spacing(1) },
}));

/** The operations of an app's API with parameters, columns and status codes. */
export function ApiReference({ document }: { document: ApiDocument }) {
  const { operations, server, signIn, version } = document;
  const linked = useLinkedField();
  return (
    <Stack>
      <Facts
        facts={[
          ['Version', version],
          ...(signIn ? [['Sign-in', signIn] as [string, string]] : []),
        ]}
      />
      {server && <CopyText label="the address of the API" text={server} />}
      {operations.map(operation => (
        <Operation
          key={operation.name}
          linked={operation.fn === linked.fn ? linked : undefined}
          operation={operation}
        />
      ))}
    </Stack>
  );
}

function Operation({
  linked,
  operation,
}: {
  /** Absent if the address names another function, or none. */
  linked?: LinkedField;
  operation: ApiOperation;
}) {
  const { columns, description, fn, formats, name, parameters, responses } =
    operation;
  const addressOf = useDataAddress();
  const classes = useStyles();
  const id = useId();
  return (
    <section
      className={`${classes.operation} ${classes.anchor}`}
      aria-labelledby={id}
      ref={linked?.ref}
    >
      <div className={classes.head}>
        <Typography
          id={id}
          variant="subtitle1"
          component="h3"
          className={classes.name}
        >
          {name}
        </Typography>
        <LinkButton
          to={addressOf(fn)}
          size="small"
          variant="outlined"
          color="primary"
          aria-label={`Get data of ${fn}`}
        >
          Get data
        </LinkButton>
      </div>
      {description.map(text => (
        <Typography key={text} variant="body2" className={classes.text}>
          {text}
        </Typography>
      ))}
      <Fields of={name} title="Parameter" fields={parameters} />
      <Fields of={name} title="Column" fields={columns} linked={linked} />
      <Facts facts={[['Formats', formats.join(', ')]]} />
      <details>
        <summary className={classes.summary}>Status codes</summary>
        <Facts facts={responses} />
      </details>
    </section>
  );
}

/** Returns the address of a function's data, on the page of the app that serves the API. */
function useDataAddress(): (fn: string) => string {
  const { metadata } = useEntity().entity;
  const route = useRouteRef(entityRouteRef);
  const app = route({
    kind: 'component',
    namespace: metadata.namespace ?? 'default',
    name: metadata.annotations?.[annotations.app] ?? metadata.name,
  });
  return fn => `${app}/get-data#${fn}`;
}

function Fields({
  fields,
  linked,
  of,
  title,
}: {
  fields: ApiField[];
  /** Field that the address names. */
  linked?: LinkedField;
  /** Owner of the rows; labels of tables must differ. */
  of: string;
  /** Heading of the names, in the singular. */
  title: string;
}) {
  const classes = useStyles();
  const columns: TableColumn<ApiField>[] = [
    {
      title,
      text: ({ name }) => name,
      cell: ({ name }) =>
        name === linked?.column ? (
          <strong className={classes.linked}>{name}</strong>
        ) : (
          name
        ),
      width: '25%',
    },
    { title: 'Meaning', text: ({ meaning }) => meaning },
    { title: 'Type', text: ({ type }) => type, width: '25%' },
  ];
  return fields.length > 0 ? (
    <RowTable
      label={`${title}s of ${of}`}
      rows={fields}
      idOf={({ name }) => name}
      columns={columns}
    />
  ) : null;
}
