/** Returns a logger that drops lines which follow another one within an interval in milliseconds. */
export function limitLines(
  log: (message: string) => void,
  interval: number,
  now: () => number = () => performance.now(),
): (message: string) => void {
  let last = -Infinity;
  return message => {
    if (now() - last < interval) return;
    last = now();
    log(message);
  };
}
