import {
  CopyText,
  Facts,
  RowTable,
  Stack,
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
  name: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  text: { maxWidth: '80ch' },
  summary: { cursor: 'pointer', marginBottom: theme.spacing(1) },
}));

/** The operations of an app's API with parameters, columns and status codes. */
export function ApiReference({ document }: { document: ApiDocument }) {
  const { operations, server, signIn, version } = document;
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
        <Operation key={operation.name} operation={operation} />
      ))}
    </Stack>
  );
}

function Operation({ operation }: { operation: ApiOperation }) {
  const { columns, description, formats, name, parameters, responses } =
    operation;
  const classes = useStyles();
  const id = useId();
  return (
    <section className={classes.operation} aria-labelledby={id}>
      <Typography
        id={id}
        variant="subtitle1"
        component="h3"
        className={classes.name}
      >
        {name}
      </Typography>
      {description.map(text => (
        <Typography key={text} variant="body2" className={classes.text}>
          {text}
        </Typography>
      ))}
      <Fields of={name} title="Parameters" fields={parameters} />
      <Fields of={name} title="Columns" fields={columns} />
      <Facts facts={[['Formats', formats.join(', ')]]} />
      <details>
        <summary className={classes.summary}>Status codes</summary>
        <Facts facts={responses} />
      </details>
    </section>
  );
}

function Fields({
  fields,
  of,
  title,
}: {
  fields: ApiField[];
  /** Owner of the rows; labels of tables must differ. */
  of: string;
  title: string;
}) {
  const columns: TableColumn<ApiField>[] = [
    { title, text: ({ name }) => name, width: '25%' },
    { title: 'Meaning', text: ({ meaning }) => meaning },
    { title: 'Type', text: ({ type }) => type, width: '25%' },
  ];
  return fields.length > 0 ? (
    <RowTable
      label={`${title} of ${of}`}
      rows={fields}
      idOf={({ name }) => name}
      columns={columns}
    />
  ) : null;
}
