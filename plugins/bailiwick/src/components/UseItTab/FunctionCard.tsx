import { InfoCard } from '@backstage/core-components';
import {
  parameterSchemas,
  type ContractFunction,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { CopyText } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@material-ui/core';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  text: { whiteSpace: 'pre-line' },
}));

interface Parameter {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
}

/** One function: its address as a ready line, its parameters and its columns. */
export function FunctionCard({
  address,
  environment,
  fn,
}: {
  address: string;
  environment: string;
  fn: ContractFunction;
}) {
  const classes = useStyles();
  const parameters = parameterSchemas(fn.parameters) as [string, Parameter][];
  return (
    <InfoCard title={fn.name} subheader={`In ${environment}`}>
      <div className={classes.root}>
        <Typography className={classes.text}>
          {fn.description ?? fn.title}
        </Typography>
        <CopyText label="the command" text={`curl -u :$TOKEN '${address}'`} />
        {parameters.length > 0 && (
          <Names
            title="Parameters"
            rows={parameters.map(
              ([name, { default: initial, description = '', type }]) => [
                name,
                [
                  description,
                  initial !== undefined &&
                    initial !== null &&
                    `${JSON.stringify(initial)} when left out.`,
                ]
                  .filter(Boolean)
                  .join(' '),
                type ?? 'optional',
              ],
            )}
          />
        )}
        {fn.result.columns && (
          <Names
            title="Columns"
            rows={fn.result.columns.map(
              ({ description = '', name, type, unit }) => [
                name,
                description,
                unit ? `${type} (${unit})` : type,
              ],
            )}
          />
        )}
      </div>
    </InfoCard>
  );
}

function Names({
  rows,
  title,
}: {
  rows: [string, string, string][];
  title: string;
}) {
  return (
    <TableContainer tabIndex={0} role="region" aria-label={title}>
      <Table size="small" aria-label={title}>
        <TableHead>
          <TableRow>
            <TableCell>{title}</TableCell>
            <TableCell>Meaning</TableCell>
            <TableCell>Type</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(([name, description, type]) => (
            <TableRow key={name}>
              <TableCell>{name}</TableCell>
              <TableCell>{description}</TableCell>
              <TableCell>{type}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
