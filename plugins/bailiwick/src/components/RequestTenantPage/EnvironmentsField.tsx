import {
  Checkbox,
  FormControlLabel,
  makeStyles,
  TextField,
} from '@material-ui/core';
import { chosen, type ChosenEnvironment } from './tenantDraft';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
    minHeight: theme.spacing(6),
  },
  name: { minWidth: 100 },
}));

/** Chooses environments among the plan's names, each with its protection and end. */
export function EnvironmentsField({
  names,
  onChange,
  value,
}: {
  names: string[];
  onChange: (value: ChosenEnvironment[]) => void;
  value: ChosenEnvironment[];
}) {
  const classes = useStyles();
  const find = (name: string) => value.find(one => one.name === name);
  const toggle = (name: string, isChosen: boolean) =>
    onChange(
      names.flatMap(other => {
        if (other === name) return isChosen ? [chosen(name)] : [];
        return find(other) ?? [];
      }),
    );
  const change = (name: string, fields: Partial<ChosenEnvironment>) =>
    onChange(
      value.map(one => (one.name === name ? { ...one, ...fields } : one)),
    );
  return (
    <div>
      {names.map(name => {
        const found = find(name);
        return (
          <div key={name} className={classes.row}>
            <FormControlLabel
              className={classes.name}
              label={name}
              control={
                <Checkbox
                  color="primary"
                  checked={found !== undefined}
                  onChange={(_event, checked) => toggle(name, checked)}
                />
              }
            />
            {found && (
              <>
                <FormControlLabel
                  label={`Protect ${name}`}
                  control={
                    <Checkbox
                      size="small"
                      color="primary"
                      checked={found.isProtected}
                      onChange={(_event, isProtected) =>
                        change(name, { isProtected })
                      }
                    />
                  }
                />
                <TextField
                  type="date"
                  size="small"
                  margin="dense"
                  variant="outlined"
                  id={`tenant-end-of-${name}`}
                  label={`End of ${name}`}
                  InputLabelProps={{ shrink: true }}
                  value={found.ends}
                  onChange={({ target }) =>
                    change(name, { ends: target.value })
                  }
                />
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}
