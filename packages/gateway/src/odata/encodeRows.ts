import { quote } from '../snapshots';
import { propertySql, textToSql, type EdmType, type Property } from '../tables';

/** Control information of responses (OData 4.0 JSON Format, section 3.1). */
export type MetadataLevel = 'none' | 'minimal' | 'full';

/** Form of rows. */
export interface RowForm {
  level: MetadataLevel;
  /** Whether Int64 and Decimal are texts (OData 4.0 JSON Format, section 3.2). */
  isIeee754: boolean;
}

/** Types that a client recognizes by their JSON (OData 4.0 JSON Format, section 4.5.3). */
const recognizable: readonly EdmType[] = [
  'Edm.Boolean',
  'Edm.Double',
  'Edm.String',
];

/**
 * Returns the SQL of a row as the text of a JSON object (OData 4.0 JSON Format, section 7), so that DuckDB writes it.
 *
 * @param all - properties of the table; the selected ones are `selected`
 * @param typeName - qualified name of the entity type
 */
export function rowToSql(
  all: readonly Property[],
  selected: readonly Property[],
  typeName: string,
  { isIeee754, level }: RowForm,
): string {
  const columns = propertySql(all);
  const members = selected.flatMap(({ name, type }) => {
    const value = `${quote(`${JSON.stringify(name)}:`)} || ${valueToSql(
      columns.get(name)!.sql,
      type,
      isIeee754,
    )}`;
    const annotation = quote(
      `${JSON.stringify(`${name}@odata.type`)}:"#${type.slice(4)}"`,
    );
    return level === 'full' && !recognizable.includes(type)
      ? [annotation, value]
      : [value];
  });
  if (level === 'full')
    members.unshift(quote(`"@odata.type":${JSON.stringify(`#${typeName}`)}`));
  return `'{' || ${members.join(` || ',' || `)} || '}'`;
}

/** Returns the SQL of a value as JSON (OData 4.0 JSON Format, section 7.1); never SQL's NULL. */
export function valueToSql(
  sql: string,
  type: EdmType,
  isIeee754: boolean,
): string {
  return `coalesce(${jsonOf(sql, type, isIeee754)}, 'null')`;
}

function jsonOf(sql: string, type: EdmType, isIeee754: boolean): string {
  const inQuotes = (text: string) => `'"' || ${text} || '"'`;
  const text = textToSql(sql, type);
  switch (type) {
    case 'Edm.Boolean':
    case 'Edm.Int32':
      return text;
    case 'Edm.Int64':
    case 'Edm.Decimal':
      return isIeee754 ? inQuotes(text) : text;
    case 'Edm.Double':
      return `CASE WHEN isfinite(${sql}) THEN ${text} ELSE ${inQuotes(
        text,
      )} END`;
    case 'Edm.String':
      return `CAST(to_json(${sql}) AS VARCHAR)`;
    default:
      return inQuotes(text);
  }
}
