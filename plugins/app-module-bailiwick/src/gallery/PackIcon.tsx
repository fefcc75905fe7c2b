import type { PackColour } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { alpha, makeStyles, type Theme } from '@material-ui/core';
import CategoryIcon from '@material-ui/icons/CategoryOutlined';
import { packShade } from './packColour';

const useStyles = makeStyles<Theme, { colour?: PackColour }>(theme => ({
  tile: {
    display: 'grid',
    placeItems: 'center',
    flexShrink: 0,
    width: 40,
    height: 40,
    borderRadius: theme.shape.borderRadius,
    color: ({ colour }) => packShade(colour, theme),
    backgroundColor: ({ colour }) => alpha(packShade(colour, theme), 0.12),
  },
  shape: {
    width: 24,
    height: 24,
    backgroundColor: 'currentColor',
    maskRepeat: 'no-repeat',
    maskPosition: 'center',
    maskSize: 'contain',
  },
}));

/**
 * The icon of a pack in the pack's color. The SVG is used only as a mask image, which browsers load without scripts
 * and without access to other files.
 */
export function PackIcon({
  colour,
  icon,
}: {
  colour?: PackColour;
  /** SVG text; a neutral icon when left out. */
  icon?: string;
}) {
  const classes = useStyles({ colour });
  return (
    <div className={classes.tile} aria-hidden>
      {icon ? (
        <div
          className={classes.shape}
          style={{
            maskImage: `url("data:image/svg+xml,${encodeURIComponent(icon)}")`,
          }}
        />
      ) : (
        <CategoryIcon />
      )}
    </div>
  );
}
