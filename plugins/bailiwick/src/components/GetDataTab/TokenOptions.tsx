import {
  isCidr,
  type ContractFunction,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { NewGrant } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Checkbox,
  FormControlLabel,
  FormHelperText,
  makeStyles,
  TextField,
} from '@material-ui/core';
import { useId } from 'react';
import { SelectField } from '../SelectField';

/** What restricts a new token, as it was entered. */
export interface TokenTexts {
  addresses: string;
  allowsQuery: boolean;
  callsPerDay: string;
  callsPerMinute: string;
  days: string;
  /** Name of the only function; empty for all. */
  fn: string;
}

/** A token for all functions, for 90 days. */
export const defaultTexts: TokenTexts = {
  addresses: '',
  allowsQuery: false,
  callsPerDay: '',
  callsPerMinute: '',
  days: '90',
  fn: '',
};

const lifetimes = ['1', '7', '30', '90', '180', '365'];

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
    alignItems: 'start',
  },
  wide: { gridColumn: '1 / -1' },
}));

type Restrictions = Omit<NewGrant, 'client' | 'environment'>;

/** Returns the restrictions of a token, and the problems of the fields. */
export function readTokenTexts(texts: TokenTexts): {
  problems: Partial<Record<keyof TokenTexts, string>>;
  restrictions: Restrictions;
} {
  const { allowsQuery, days, fn } = texts;
  const addresses = texts.addresses
    .split(',')
    .map(address => address.trim())
    .filter(Boolean);
  const limits = {
    ...wholeNumber('callsPerMinute', texts.callsPerMinute),
    ...wholeNumber('callsPerDay', texts.callsPerDay),
  };
  const restrictions = {
    days: Number(days),
    ...(addresses.length > 0 && { addresses }),
    ...(allowsQuery && { allowsQuery }),
    ...(fn && { functions: [fn] }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
  return {
    restrictions,
    problems: {
      ...(!addresses.every(isCidr) && {
        addresses: 'Enter networks such as 10.1.0.0/16 or 192.0.2.7/32',
      }),
      ...problemOf('callsPerMinute', limits, 100_000),
      ...problemOf('callsPerDay', limits, 10_000_000),
    },
  };
}

type Limit = 'callsPerDay' | 'callsPerMinute';

function wholeNumber(
  name: Limit,
  text: string,
): Partial<Record<Limit, number>> {
  return text === '' ? {} : { [name]: Number(text) };
}

function problemOf(
  name: Limit,
  { [name]: value = 1 }: Partial<Record<Limit, number>>,
  max: number,
) {
  const isFine = Number.isInteger(value) && value >= 1 && value <= max;
  return isFine
    ? {}
    : { [name]: `Enter a whole number from 1 to ${max.toLocaleString('en')}` };
}

/** Fields that restrict a new token. */
export function TokenOptions({
  functions,
  onChange,
  texts,
}: {
  functions: readonly ContractFunction[];
  onChange: (texts: TokenTexts) => void;
  texts: TokenTexts;
}) {
  const classes = useStyles();
  const id = useId();
  const { problems } = readTokenTexts(texts);
  const field = (
    name: 'addresses' | Limit,
    label: string,
    helperText: string,
  ) => (
    <TextField
      id={`${id}-${name}`}
      label={label}
      size="small"
      variant="outlined"
      value={texts[name]}
      error={problems[name] !== undefined}
      helperText={problems[name] ?? helperText}
      onChange={({ target }) => onChange({ ...texts, [name]: target.value })}
    />
  );
  return (
    <div
      className={classes.root}
      role="group"
      aria-label="Options of the token"
    >
      <SelectField
        label="Expires after"
        value={texts.days}
        options={lifetimes.map(value => ({
          value,
          label: formatCount(Number(value), 'day'),
        }))}
        onChange={days => onChange({ ...texts, days })}
      />
      <SelectField
        label="Functions"
        value={texts.fn}
        options={[
          { value: '', label: 'All functions' },
          ...functions.map(({ name }) => name),
        ]}
        onChange={fn => onChange({ ...texts, fn })}
      />
      {field(
        'addresses',
        'Networks',
        'Networks that can use the token, separated by commas. If empty: all networks',
      )}
      {field('callsPerMinute', 'Calls per minute', 'If empty: no limit')}
      {field('callsPerDay', 'Calls per day', 'If empty: no limit')}
      <div className={classes.wide}>
        <FormControlLabel
          control={
            <Checkbox
              color="primary"
              checked={texts.allowsQuery}
              onChange={(_, allowsQuery) => onChange({ ...texts, allowsQuery })}
            />
          }
          label="Allow the token in URLs (?access_token=…)"
        />
        <FormHelperText>
          For tools that support nothing else. URLs appear in browser histories
          and logs.
        </FormHelperText>
      </div>
    </div>
  );
}
