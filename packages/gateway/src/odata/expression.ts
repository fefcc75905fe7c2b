import type { EdmType } from '../tables';

/** Operators by precedence, lowest first (OData 4.0 Part 2, section 5.1.1.9). */
export const binaryOperators = [
  ['or'],
  ['and'],
  ['eq', 'ne'],
  ['gt', 'ge', 'lt', 'le'],
  ['add', 'sub'],
  ['mul', 'div', 'mod'],
] as const;

/** An operator with two operands. */
export type BinaryOperator = (typeof binaryOperators)[number][number];

/** A constant; numbers are texts, so that no digit is lost. */
export interface Literal {
  kind: 'literal';
  /** Absent for null. */
  type?: EdmType;
  text: string;
}

/** An expression of `$filter` or `$orderby`. */
export type Expression =
  | Literal
  | { kind: 'property'; name: string }
  | { kind: 'not' | 'negate'; operand: Expression }
  | {
      kind: 'binary';
      operator: BinaryOperator;
      left: Expression;
      right: Expression;
    }
  | { kind: 'call'; name: string; args: Expression[] };
