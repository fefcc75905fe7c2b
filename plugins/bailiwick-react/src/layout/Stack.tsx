import { useTheme } from '@material-ui/core';
import type { CSSProperties, HTMLAttributes } from 'react';

/** Children in a column, none of which widens the page; or in a row that wraps. @public */
export function Stack({
  align,
  direction = 'column',
  justify,
  spacing = 2,
  style,
  ...div
}: HTMLAttributes<HTMLDivElement> & {
  /** Alignment across the direction: by default `stretch` for columns and `center` for rows. */
  align?: CSSProperties['alignItems'];
  direction?: 'column' | 'row';
  /** Alignment along a row. */
  justify?: CSSProperties['justifyContent'];
  /** Gap between the children, in spacing units of the theme. */
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
