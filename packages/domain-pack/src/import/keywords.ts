/** Keywords that hold other schemas together and say nothing of a value. */
const structural = ['$schema', '$id', '$defs', 'definitions', '$ref', 'allOf'];

/** Keywords of which the first one is taken without a word when there are several. */
export const noRemark = [...structural, 'title', 'description'];

/** Keywords of JSON Schema that a parameter takes over as they are, by its type. */
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

/** Keywords that every parameter takes over as they are. */
export const keywordsOfAll: readonly string[] = [
  'enum',
  'const',
  'examples',
  'errorMessage',
];

/** Keywords that a parameter says in another way, or that its place in the form says. */
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

/** Whether a parameter of a type says a keyword in its own way. */
export function isTranslated(keyword: string): boolean {
  return translated.includes(keyword) || structural.includes(keyword);
}
