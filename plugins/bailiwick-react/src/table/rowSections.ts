/** Sections into which the rows of a table are divided. @public */
export interface RowSections<T> {
  /** All titles, in the order of the sections; a section without rows is omitted. */
  titles: readonly string[];
  /** Returns the title of the section of a row. */
  of: (row: T) => string;
}

/** Rows of one section; without a title if the table has no sections. */
interface Section<T> {
  title?: string;
  rows: T[];
}

/** Divides rows into sections, each in the order of the rows. */
export function divideRows<T>(
  rows: T[],
  sections?: RowSections<T>,
): Section<T>[] {
  if (!sections) return [{ rows }];
  return sections.titles
    .map(title => ({
      title,
      rows: rows.filter(row => sections.of(row) === title),
    }))
    .filter(section => section.rows.length > 0);
}
