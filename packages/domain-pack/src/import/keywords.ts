/** Keywords that connect schemas and do not describe a value. */
const structural = ['$schema', '$id', '$defs', 'definitions', '$ref', 'allOf'];

/** Keywords of which the first one is taken without a word when there are several. */
export const noRemark = [...structural, 'title', 'description'];

/** Keywords of JSON Schema that a parameter takes unchanged, by its type. */
export const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: [
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'multipleOf',
  ],
  integer: [
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'multipleOf',
  ],
  boolean: [],
  array: ['minItems', 'maxItems', 'uniqueItems', 'items'],
};

/** Keywords that every parameter takes unchanged. */
export const keywordsOfAll: readonly string[] = [
  'enum',
  'const',
  'examples',
  'errorMessage',
];

/** Keywords that a parameter expresses differently, or by its place in the form. */
const translated = [
  'type',
  'title',
  'description',
  'help_text',
  'default',
  'hidden',
  'listEnum',
  'readOnly',
  'x-onyxia',
];

/** Formats that are checked, of JSON Schema draft-07. */
export const formats: readonly string[] = [
  'date',
  'time',
  'date-time',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'uuid',
  'regex',
];

/** Whether a keyword is lost when the schema that has it is left out. */
export function isDropped(keyword: string): boolean {
  return !structural.includes(keyword);
}

/** Whether a parameter of a type expresses a keyword differently. */
export function isTranslated(keyword: string): boolean {
  return translated.includes(keyword) || structural.includes(keyword);
}
