import {
  List,
  ListItem,
  ListItemText,
  makeStyles,
  Typography,
} from '@material-ui/core';
import type { FileWord } from './fileStates';

const useStyles = makeStyles(theme => ({
  root: { maxHeight: 520, overflow: 'auto' },
  item: {
    borderRadius: theme.shape.borderRadius,
    paddingLeft: theme.spacing(1),
    paddingRight: theme.spacing(1),
  },
  text: { margin: 0, overflowWrap: 'anywhere' },
  deleted: { textDecoration: 'line-through' },
}));

/** The files of an app with their changes. */
export function FileList({
  chosen,
  onChoose,
  words,
}: {
  /** Path of the open file. */
  chosen: string;
  onChoose: (path: string) => void;
  /** What is said of each path. */
  words: ReadonlyMap<string, FileWord | undefined>;
}) {
  const classes = useStyles();
  return (
    <List dense disablePadding className={classes.root} aria-label="Files">
      {[...words].map(([path, word]) => (
        <li key={path}>
          <ListItem
            button
            component="button"
            className={classes.item}
            selected={path === chosen}
            aria-current={path === chosen ? 'true' : undefined}
            onClick={() => onChoose(path)}
          >
            <ListItemText
              className={classes.text}
              disableTypography
              primary={
                <Typography variant="body2" component="span">
                  <span className={word === 'deleted' ? classes.deleted : ''}>
                    {path}
                  </span>
                  {word && ' '}
                  {word && (
                    <Typography
                      component="span"
                      variant="caption"
                      color="textSecondary"
                    >
                      {word}
                    </Typography>
                  )}
                </Typography>
              }
            />
          </ListItem>
        </li>
      ))}
    </List>
  );
}
