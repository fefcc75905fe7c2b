import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  parameterSchemas,
  describeType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  CopyText,
  RowTable,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { quote } from 'shlex';
import { TabCard } from '../TabCard';
import { DownloadLinks } from './DownloadLinks';

const useStyles = makeStyles({ title: { overflowWrap: 'anywhere' } });

/** Describes a parameter and its default. */
function meaningOf(schema: Record<string, unknown>): string {
  const { default: initial, description = '' } = schema;
  const isGiven = initial !== undefined && initial !== null;
  const shown = Array.isArray(initial) ? initial.join(', ') : String(initial);
  return [description, isGiven && `Default: ${shown}.`]
    .filter(Boolean)
    .join(' ');
}

/** Paragraphs of a docstring; its lines end where they do for the sake of the source only. */
function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).map(lines => lines.replace(/\s*\n\s*/g, ' '));
}

/** One function: its address as a ready line, its parameters and its columns. */
export function FunctionCard({
  address,
  delivery,
  environment,
  fn,
}: {
  /** Absent without a gateway. */
  address?: string;
  delivery: AppView['spec']['delivery'];
  environment: string;
  fn: ContractFunction;
}) {
  const classes = useStyles();
  const parameters = parameterSchemas(fn.parameters);
  return (
    <TabCard
      title={<span className={classes.title}>{fn.name}</span>}
      subheader={`In ${environment}`}
    >
      <Stack>
        <Stack spacing={1} style={{ maxWidth: '80ch' }}>
          {paragraphsOf(fn.description ?? fn.title ?? '').map(text => (
            <Typography key={text}>{text}</Typography>
          ))}
        </Stack>
        {address && (
          <CopyText
            label="the command"
            text={`curl -u :$TOKEN ${quote(address)}`}
          />
        )}
        {address && fn.result.kind === 'stream' && (
          <CopyText
            label="the command to follow the stream"
            text={`curl -N -u :$TOKEN -H 'Accept: text/event-stream' ${quote(
              address,
            )}`}
          />
        )}
        {address && (
          <DownloadLinks address={address} delivery={delivery} fn={fn} />
        )}
        {parameters.length > 0 && (
          <Names
            of={`${fn.name} in ${environment}`}
            title="Parameters"
            rows={parameters.map(([name, schema]) => ({
              name,
              meaning: meaningOf(schema),
              type: describeType(schema),
            }))}
          />
        )}
        {fn.result.columns && (
          <Names
            of={`${fn.name} in ${environment}`}
            title="Columns"
            rows={fn.result.columns.map(
              ({ description = '', name, type, unit }) => ({
                name,
                meaning: description,
                type: unit ? `${type} (${unit})` : type,
              }),
            )}
          />
        )}
      </Stack>
    </TabCard>
  );
}

interface Named {
  name: string;
  meaning: string;
  type: string;
}

function Names({
  of,
  rows,
  title,
}: {
  /** Owner of the rows; labels of tables must differ. */
  of: string;
  rows: Named[];
  title: string;
}) {
  return (
    <RowTable
      label={`${title} of ${of}`}
      rows={rows}
      idOf={({ name }) => name}
      columns={[
        { title, text: ({ name }) => name, width: '20%' },
        { title: 'Meaning', text: ({ meaning }) => meaning },
        { title: 'Type', text: ({ type }) => type, width: '25%' },
      ]}
    />
  );
}
