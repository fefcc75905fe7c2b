import { ConfirmDialog } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  IconButton,
  List,
  ListItem,
  ListItemSecondaryAction,
  ListItemText,
  makeStyles,
  TextField,
  Typography,
} from '@material-ui/core';
import BookmarksIcon from '@material-ui/icons/BookmarkBorder';
import DeleteIcon from '@material-ui/icons/Delete';
import EditIcon from '@material-ui/icons/Edit';
import { useState, type FormEvent } from 'react';
import type { FleetViewState } from './useFleetView';
import { useSavedViews } from './useSavedViews';

const useStyles = makeStyles(theme => ({
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  },
  name: { flex: '1 1 180px' },
  view: { paddingRight: 104 },
  text: { overflowWrap: 'anywhere' },
}));

/** Names the view that is shown, and leads to those that have a name. */
export function SavedViews({ view }: { view: FleetViewState }) {
  const classes = useStyles();
  const { remove, rename, save, views } = useSavedViews();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  /** The view that gets another name. */
  const [renamed, setRenamed] = useState<string>();
  const shown = views.find(({ address }) => address === view.address);
  const clean = name.trim();
  const isTaken = views.some(one => one.name === clean && clean !== renamed);
  const edit = (from?: string) => {
    setRenamed(from);
    setName(from ?? '');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (renamed === undefined) save({ name: clean, address: view.address });
    else rename(renamed, clean);
    edit();
  };
  const pick = (address: string) => {
    view.open(address);
    setOpen(false);
  };
  return (
    <>
      <Button
        startIcon={<BookmarksIcon />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {shown ? `View: ${shown.name}` : 'Saved views'}
      </Button>
      {isOpen && (
        <ConfirmDialog
          title="Saved views"
          cancel="Close"
          onClose={() => setOpen(false)}
        >
          <form className={classes.form} onSubmit={submit}>
            <TextField
              className={classes.name}
              size="small"
              variant="outlined"
              id="view-name"
              label={
                renamed === undefined
                  ? 'Name of this view'
                  : `New name for ${renamed}`
              }
              inputProps={{ maxLength: 60 }}
              value={name}
              helperText={
                isTaken ? 'Replaces the existing view of this name.' : ' '
              }
              onChange={({ target }) => setName(target.value)}
            />
            <Button
              type="submit"
              color="primary"
              variant="contained"
              disabled={clean === ''}
            >
              {renamed === undefined ? 'Save' : 'Rename'}
            </Button>
          </form>
          {views.length === 0 ? (
            <Typography color="textSecondary">
              Save filters, grouping and layout under a name. No saved views
              yet.
            </Typography>
          ) : (
            <List aria-label="Saved views" disablePadding>
              {views.map(one => (
                <ListItem
                  key={one.name}
                  button
                  className={classes.view}
                  selected={one === shown}
                  onClick={() => pick(one.address)}
                  ContainerProps={{ 'aria-label': one.name } as object}
                >
                  <ListItemText className={classes.text} primary={one.name} />
                  <ListItemSecondaryAction>
                    <IconButton
                      aria-label={`Rename ${one.name}`}
                      onClick={() => edit(one.name)}
                    >
                      <EditIcon />
                    </IconButton>
                    <IconButton
                      edge="end"
                      aria-label={`Delete ${one.name}`}
                      onClick={() => remove(one.name)}
                    >
                      <DeleteIcon />
                    </IconButton>
                  </ListItemSecondaryAction>
                </ListItem>
              ))}
            </List>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
