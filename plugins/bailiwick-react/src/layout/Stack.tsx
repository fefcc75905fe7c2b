import { useTheme } from '@material-ui/core';
import type { CSSProperties, HTMLAttributes } from 'react';

/**
 * Children under one another, none of which widens the page; as a row, beside one another in as many
 * lines as they need.
 */
export function Stack({
  align,
  direction = 'column',
  justify,
  spacing = 2,
  style,
  ...div
}: HTMLAttributes<HTMLDivElement> & {
  /** Across the direction: `stretch` for columns and `center` for rows when left out. */
  align?: CSSProperties['alignItems'];
  direction?: 'column' | 'row';
  /** Along a row. */
  justify?: CSSProperties['justifyContent'];
  /** Between the children, in steps of the theme. */
  spacing?: number;
}) {
  const gap = useTheme().spacing(spacing);
  const layout: CSSProperties =
    direction === 'row'
      ? {
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: align ?? 'center',
          justifyContent: justify,
        }
      : {
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr)',
          alignContent: 'start',
          justifyItems: align,
        };
  return <div {...div} style={{ gap, ...layout, ...style }} />;
}
