import {
  tenantRoles,
  type TenantRole,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { IconButton, makeStyles, MenuItem, TextField } from '@material-ui/core';
import DeleteIcon from '@material-ui/icons/Delete';
import Autocomplete from '@material-ui/lab/Autocomplete';
import type { TenantDraft } from './tenantDraft';

type Members = TenantDraft['members'];

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1) },
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
  subjects: string[];
  value: Members;
}) {
  const classes = useStyles();
  const others = (subject: string) =>
    value.filter(member => member.subject !== subject);
  return (
    <div className={classes.root}>
      <Autocomplete
        id="tenant-members"
        options={subjects.filter(
          subject => others(subject).length === value.length,
        )}
        value={null}
        blurOnSelect
        clearOnBlur
        onChange={(_event, subject) => {
          if (subject) onChange([...value, { subject, role: 'builder' }]);
        }}
        renderInput={params => (
          <TextField
            {...params}
            label="Add a member"
            variant="outlined"
            helperText="Builders make apps, viewers look at them."
          />
        )}
      />
      {value.map(({ role, subject }) => (
        <div className={classes.row} key={subject}>
          <span className={classes.subject}>{subject}</span>
          <TextField
            select
            size="small"
            variant="outlined"
            className={classes.role}
            value={role}
            SelectProps={{
              SelectDisplayProps: { 'aria-label': `Role of ${subject}` },
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
                {name}
              </MenuItem>
            ))}
          </TextField>
          <IconButton
            aria-label={`Remove ${subject}`}
            onClick={() => onChange(others(subject))}
          >
            <DeleteIcon />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
