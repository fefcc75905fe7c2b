import { makeStyles } from '@material-ui/core';
import ArrowRightIcon from '@material-ui/icons/ArrowRight';
import CheckBoxIcon from '@material-ui/icons/CheckBox';
import { Fragment } from 'react';
import type { Picture } from './tools';

const useStyles = makeStyles(theme => ({
  menu: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    rowGap: theme.spacing(0.5),
  },
  item: {
    padding: theme.spacing(0.25, 1),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
  },
  window: {
    boxSizing: 'border-box',
    width: 360,
    maxWidth: '100%',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
  },
  title: {
    padding: theme.spacing(0.5, 1.5),
    backgroundColor: theme.palette.background.default,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  content: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(0.75, 1.5),
    alignItems: 'center',
    padding: theme.spacing(1.5),
  },
  value: {
    minHeight: theme.spacing(3.5),
    boxSizing: 'border-box',
    padding: theme.spacing(0.25, 1),
    border: `1px solid ${theme.palette.divider}`,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  row: {
    gridColumn: '1 / -1',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
  buttons: { gridColumn: '1 / -1', textAlign: 'right' },
  button: {
    display: 'inline-block',
    padding: theme.spacing(0.25, 1.5),
    borderRadius: theme.shape.borderRadius,
    color: theme.palette.primary.contrastText,
    backgroundColor: theme.palette.primary.main,
  },
}));

/** A drawing of what a step says, which is why screen readers skip it. */
export function StepPicture({ picture }: { picture: Picture }) {
  const classes = useStyles();
  if ('menu' in picture)
    return (
      <div className={classes.menu} aria-hidden>
        {picture.menu.map((item, index) => (
          <Fragment key={item}>
            {index > 0 && <ArrowRightIcon fontSize="small" />}
            <span
              className={
                index === picture.menu.length - 1
                  ? classes.button
                  : classes.item
              }
            >
              {item}
            </span>
          </Fragment>
        ))}
      </div>
    );
  const { button, fields = [], list = [], window } = picture;
  return (
    <div className={classes.window} aria-hidden>
      <div className={classes.title}>{window}</div>
      <div className={classes.content}>
        {fields.map(([name, value]) => (
          <Fragment key={name}>
            <span>{name}</span>
            <span className={classes.value}>{value}</span>
          </Fragment>
        ))}
        {list.map(name => (
          <span key={name} className={classes.row}>
            <CheckBoxIcon fontSize="small" color="primary" />
            {name}
          </span>
        ))}
        <div className={classes.buttons}>
          <span className={classes.button}>{button}</span>
        </div>
      </div>
    </div>
  );
}
