/** Returns an own value of a record; `undefined` for inherited ones, such as `constructor`. */
export function ownValue<Value>(
  record: Record<string, Value> | undefined,
  key: string,
): Value | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
