/** Fields whose strings are quantities; the API server writes `1000m` back as `1`. */
const quantityFields = new Set([
  'default',
  'defaultRequest',
  'hard',
  'limits',
  'max',
  'min',
  'requests',
]);

/**
 * Lists that are compared as a whole, as an additional item matters, such as a subject with
 * rights.
 */
const wholeLists = new Set(['subjects']);

/**
 * Whether a live object has every desired field. Fields that only the live object has are ignored, such as
 * defaults and fields of other writers. Lists whose items have a `name` are compared by name, other lists
 * item by item.
 *
 * @public
 */
export function isSubset(desired: unknown, live: unknown): boolean {
  return holds(live, desired, false);
}

function holds(live: unknown, desired: unknown, isQuantity: boolean): boolean {
  if (desired === undefined) return true;
  if (Array.isArray(desired)) return holdsAll(live, desired);
  if (isObject(desired)) {
    const fields = Object.entries(desired);
    if (fields.length === 0) return live === undefined || isObject(live);
    return (
      isObject(live) &&
      fields.every(
        ([name, value]) =>
          holds(live[name], value, isQuantity || quantityFields.has(name)) &&
          (!wholeLists.has(name) || haveSameLength(live[name], value)),
      )
    );
  }
  return live === desired || (isQuantity && sameQuantity(live, desired));
}

function holdsAll(live: unknown, desired: unknown[]): boolean {
  // The API server often drops empty lists.
  if (desired.length === 0) return live === undefined || isEmpty(live);
  if (!Array.isArray(live)) return false;
  if (desired.every(isNamed)) {
    const named = live.filter(isNamed);
    // Names may repeat, such as a volume mounted twice.
    return desired.every(item =>
      named.some(one => one.name === item.name && holds(one, item, false)),
    );
  }
  return (
    live.length === desired.length &&
    desired.every((item, position) => holds(live[position], item, false))
  );
}

function haveSameLength(live: unknown, desired: unknown): boolean {
  const [one, other] = [live ?? [], desired ?? []] as unknown[][];
  return one.length === other.length;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNamed(value: unknown): value is { name: string } {
  return isObject(value) && typeof value.name === 'string';
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function sameQuantity(a: unknown, b: unknown): boolean {
  const [left, right] = [parseQuantity(String(a)), parseQuantity(String(b))];
  return left !== undefined && left === right;
}

const factors: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Parses a Kubernetes quantity such as `500m` or `4Gi`; `undefined` when it is invalid. */
export function parseQuantity(text: string): number | undefined {
  const [, number, unit] =
    /^([0-9]+(?:\.[0-9]+)?)([A-Za-z]{0,2})$/.exec(text) ?? [];
  const factor = factors[unit ?? '-'];
  if (number === undefined || factor === undefined) return undefined;
  // Kubernetes keeps thousandths at most.
  return Math.round(Number(number) * factor * 1000) / 1000;
}
