import { timeZonePattern } from './timeZones';

/** A format of texts that packs add to JSON Schema; the function runtime reads the same table as JSON. @public */
export interface FormatRule {
  /** Description with an example, such as `a month such as 2026-02`. */
  words: string;
  /** Form of a whole text, as a regular expression. */
  pattern: string;
  /** Python type of the values: `str`, `decimal.Decimal` or `bailiwick.Money`. */
  python: 'str' | 'decimal.Decimal' | 'bailiwick.Money';
  /** Types of OData that hold the values. */
  edm: string[];
  /** Valid texts. */
  valid: [string, ...string[]];
  /** Texts that it refuses. */
  invalid: string[];
}

/** Codes of ISO 4217 in use in 2026, and ANG and BGN, which ended in 2025. */
const currencies = [
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN',
  'BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP',
  'GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF',
  'KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR',
  'MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK',
  'SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU',
  'UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA',
  'XXX YER ZAR ZMW ZWG',
]
  .join(' ')
  .replaceAll(' ', '|');
const amount = '-?(0|[1-9][0-9]{0,26})([.][0-9]{1,12})?';

/** The formats by the names under which schemas know them (`format: month`). @public */
export const formats = {
  decimal: {
    words: 'an exact decimal number such as 1234.50',
    pattern: `^${amount}$`,
    python: 'decimal.Decimal',
    edm: ['Edm.Decimal', 'Edm.String'],
    valid: ['1234.50', '-0.10', '0', '99999999999999999999.000000000001'],
    invalid: ['1,50', '1e3', '01', '.5', '5.', '+1', 'NaN', '1.50\n', ''],
  },
  currency: {
    words: 'an ISO 4217 currency code such as EUR',
    pattern: `^(${currencies})$`,
    python: 'str',
    edm: ['Edm.String'],
    valid: ['EUR', 'USD', 'XCG'],
    invalid: ['eur', 'EURO', '€', 'QQQ', 'EUR ', ''],
  },
  money: {
    words: 'an amount with its currency such as 1234.50 EUR',
    pattern: `^${amount} (${currencies})$`,
    python: 'bailiwick.Money',
    edm: ['Edm.String'],
    valid: ['1234.50 EUR', '-3 JPY', '0.001 KWD'],
    invalid: ['1234.50', 'EUR 1', '1,234.50 EUR', '1 QQQ', '1  EUR', '1EUR'],
  },
  month: {
    words: 'a month such as 2026-02',
    pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
    python: 'str',
    edm: ['Edm.String'],
    valid: ['2026-02', '1999-12', '0001-01'],
    invalid: ['2026-13', '2026-00', '2026-2', '2026-02-01', '02/2026', ''],
  },
  'time-zone': {
    words: 'an IANA time zone such as Europe/Berlin',
    pattern: `^(${timeZonePattern})$`,
    python: 'str',
    edm: ['Edm.String'],
    valid: [
      'Europe/Berlin',
      'UTC',
      'America/Argentina/Buenos_Aires',
      'Asia/Kolkata',
      'America/Port-au-Prince',
      'Etc/GMT+12',
      'US/Pacific',
    ],
    invalid: [
      'CEST',
      '+01:00',
      'Europe/Bärlin',
      'Europe/Bonn',
      'europe/berlin',
      'Asia/KOLKATA',
      'SystemV/PST8',
      'US/Pacific-New',
      'Europe',
    ],
  },
} satisfies Record<string, FormatRule>;

/** Name of a format that packs add. @public */
export type FormatName = keyof typeof formats;

/** The names of all formats that packs add. @public */
export const formatNames = Object.keys(formats) as FormatName[];

/** Returns the rule of a format; `undefined` for formats of JSON Schema itself. @public */
export function formatRule(name: unknown): FormatRule | undefined {
  return typeof name === 'string' && Object.hasOwn(formats, name)
    ? formats[name as FormatName]
    : undefined;
}

/** Check of a text: a pattern, and a description for messages. @public */
export type TextRule = Pick<FormatRule, 'words' | 'pattern'>;

/** `date-time` of JSON Schema (RFC 3339, section 5.6). Validators disagree on the offset; here it must be there. */
const dateTime: TextRule = {
  words:
    'a date and time with its offset from UTC such as 2026-02-02T10:00:00Z',
  pattern:
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$',
};

/** Returns how texts of a format are checked; `undefined` for formats of JSON Schema other than `date-time`. @public */
export function textRule(name: unknown): TextRule | undefined {
  return name === 'date-time' ? dateTime : formatRule(name);
}

/**
 * Returns the problem of a text, such as `must be a month such as 2026-02`; `undefined` if it has the format.
 *
 * @public
 */
export function formatProblem(name: string, text: string): string | undefined {
  const rule = textRule(name);
  if (!rule)
    return `cannot be checked: unknown format "${name}"; known formats: ${[
      ...formatNames,
      'date-time',
    ].join(', ')}`;
  const isRight =
    new RegExp(rule.pattern, 'u').test(text) &&
    (rule !== dateTime || isDay(text.slice(0, 10)));
  return isRight ? undefined : `must be ${rule.words}`;
}

/** Whether a month has the day of a date such as `2026-02-28`. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}
