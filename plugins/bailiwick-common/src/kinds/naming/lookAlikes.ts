/** Letters that look like others, longest first. */
const readAs: [RegExp, string][] = [
  [/-/g, ''],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/0/g, 'o'],
  [/[1i]/g, 'l'],
  [/5/g, 's'],
  [/8/g, 'b'],
];

/** Whether two different names look alike, such as `rates-desk` and `ratesdesk`, or `fx-lab` and `fx-1ab`. @public */
export function lookAlike(one: string, other: string): boolean {
  return one !== other && readAsOne(one) === readAsOne(other);
}

/** Returns the same text for names that look alike. @public */
export function readAsOne(name: string): string {
  return readAs.reduce(
    (shape, [letters, read]) => shape.replace(letters, read),
    name,
  );
}
