import {
  Checkbox,
  FormControlLabel,
  FormGroup,
  makeStyles,
  Switch,
} from '@material-ui/core';
import type { TenantDraft } from './tenantDraft';

type Environments = TenantDraft['environments'];

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap' },
  name: { minWidth: 140 },
});

/** Chooses environments among the plan's names, and which of them are protected. */
export function EnvironmentsField({
  names,
  onChange,
  value,
}: {
  names: string[];
  onChange: (value: Environments) => void;
  value: Environments;
}) {
  const classes = useStyles();
  const toggle = (name: string, chosen: boolean) =>
    onChange(
      names
        .filter(candidate =>
          candidate === name
            ? chosen
            : value.some(environment => environment.name === candidate),
        )
        .map(
          candidate =>
            value.find(environment => environment.name === candidate) ?? {
              name: candidate,
              protected: candidate === 'prod',
            },
        ),
    );
  return (
    <FormGroup>
      {names.map(name => {
        const chosen = value.find(environment => environment.name === name);
        return (
          <div className={classes.row} key={name}>
            <FormControlLabel
              className={classes.name}
              label={name}
              control={
                <Checkbox
                  color="primary"
                  checked={Boolean(chosen)}
                  onChange={(_event, checked) => toggle(name, checked)}
                />
              }
            />
            {chosen && (
              <FormControlLabel
                label={`Protect ${name}`}
                control={
                  <Switch
                    color="primary"
                    checked={chosen.protected}
                    onChange={(_event, checked) =>
                      onChange(
                        value.map(environment =>
                          environment.name === name
                            ? { ...environment, protected: checked }
                            : environment,
                        ),
                      )
                    }
                  />
                }
              />
            )}
          </div>
        );
      })}
    </FormGroup>
  );
}
