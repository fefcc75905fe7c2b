import {
  tenantRoles,
  type TenantRole,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  IconButton,
  ListItemText,
  makeStyles,
  MenuItem,
  TextField,
  Tooltip,
} from '@material-ui/core';
import DeleteIcon from '@material-ui/icons/Delete';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import { roleTitles } from '../roleTitles';
import type { TenantDraft } from './tenantDraft';
import type { Subject } from '../useSubjects';

/** People are found by name and by reference. */
const matching = createFilterOptions<Subject>({
  stringify: ({ name, ref }) => `${name} ${ref}`,
});

type Members = TenantDraft['members'];

const useStyles = makeStyles(theme => ({
  row: { display: 'flex', gap: theme.spacing(1), alignItems: 'center' },
  subject: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  role: { width: 130 },
}));

/** Picks members among the catalog's people and groups, each with a role. */
export function MembersField({
  onChange,
  subjects,
  value,
}: {
  onChange: (value: Members) => void;
  subjects: Subject[];
  value: Members;
}) {
  const classes = useStyles();
  const nameOf = (ref: string) =>
    subjects.find(subject => subject.ref === ref)?.name ?? ref;
  const others = (subject: string) =>
    value.filter(member => member.subject !== subject);
  return (
    <Stack spacing={1}>
      <Autocomplete
        id="tenant-members"
        options={subjects.filter(
          ({ ref }) => others(ref).length === value.length,
        )}
        value={null}
        filterOptions={matching}
        getOptionLabel={({ name }) => name}
        renderOption={({ name, ref }) => (
          <ListItemText primary={name} secondary={ref} />
        )}
        blurOnSelect
        clearOnBlur
        onChange={(_event, subject) => {
          if (subject)
            onChange([...value, { subject: subject.ref, role: 'viewer' }]);
        }}
        renderInput={params => (
          <TextField
            {...params}
            label="Add a member"
            variant="outlined"
            helperText="Viewers see apps and read their results. Builders also create and change apps. Owners also manage the tenant."
          />
        )}
      />
      {value.map(({ role, subject }) => (
        <div className={classes.row} key={subject}>
          <Tooltip title={subject}>
            <span className={classes.subject}>{nameOf(subject)}</span>
          </Tooltip>
          <TextField
            select
            size="small"
            variant="outlined"
            className={classes.role}
            value={role}
            SelectProps={{
              SelectDisplayProps: {
                'aria-label': `Role of ${nameOf(subject)}`,
              },
            }}
            onChange={({ target }) =>
              onChange(
                value.map(member =>
                  member.subject === subject
                    ? { subject, role: target.value as TenantRole }
                    : member,
                ),
              )
            }
          >
            {tenantRoles.map(name => (
              <MenuItem key={name} value={name}>
                {roleTitles[name]}
              </MenuItem>
            ))}
          </TextField>
          <IconButton
            aria-label={`Remove ${nameOf(subject)}`}
            onClick={() => onChange(others(subject))}
          >
            <DeleteIcon />
          </IconButton>
        </div>
      ))}
    </Stack>
  );
}
