import type { ServiceError } from '../../../protocols/service-error.ts';
import { logError } from '../errors.ts';

/** From 1, in what follows the `|`, as the service counts. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What the service refuses, too: 400 `ParameterInvalid`, `line 1:44: …`. */
export function statementError(at: Position, reason: string): ServiceError {
  return logError('ParameterInvalid', `line ${at.line}:${at.column}: ${reason}`);
}

/** What only the sandbox refuses, or may be the only one to refuse. */
export function unsupported(at: Position, what: string): ServiceError {
  return logError(
    'SandboxUnsupportedAnalytics',
    `line ${at.line}:${at.column}: The sandbox does not model ${what} in analytic statements.`,
  );
}

/** A statement as a tree, before names and types are looked up. */
export interface Query {
  /** Joined by UNION ALL. */
  readonly selects: readonly [Select, ...Select[]];
  readonly orderBy: readonly SortItem[];
  readonly limit: Limit | undefined;
  /** WITH: visible to the later ones and to the query itself. */
  readonly named: readonly NamedQuery[];
}

export interface NamedQuery {
  readonly name: string;
  readonly query: Query;
}

export interface Select {
  readonly at: Position;
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: Source | undefined;
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | undefined;
}

export type SelectItem =
  | { readonly kind: 'all'; readonly at: Position }
  | { readonly kind: 'expression'; readonly value: Expression; readonly alias: string | undefined };

export type Source =
  | {
      readonly kind: 'table';
      readonly name: string;
      readonly alias: string | undefined;
      readonly at: Position;
    }
  | { readonly kind: 'query'; readonly query: Query; readonly alias: string | undefined };

export interface SortItem {
  readonly value: Expression;
  readonly descending: boolean;
}

export interface Limit {
  readonly offset: number;
  readonly count: number;
  /** `LIMIT offset, count` */
  readonly paged: boolean;
  readonly at: Position;
}

type Arithmetic = '+' | '-' | '*' | '/' | '%';
export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

export interface Branch {
  readonly when: Expression;
  readonly result: Expression;
}

export interface Call {
  readonly kind: 'call';
  /** In lower case. */
  readonly name: string;
  readonly inputs: readonly Expression[];
  /** `f(*)` */
  readonly star: boolean;
  readonly distinct: boolean;
  readonly over: Window | undefined;
  readonly at: Position;
}

export interface Window {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
}

export interface Column {
  readonly kind: 'column';
  readonly qualifier: string | undefined;
  readonly name: string;
  readonly quoted: boolean;
  readonly at: Position;
}

export type Expression =
  | Column
  | Call
  | { readonly kind: 'number' | 'string'; readonly text: string; readonly at: Position }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: Position }
  | { readonly kind: 'null'; readonly at: Position }
  | { readonly kind: 'negative'; readonly value: Expression; readonly at: Position }
  | { readonly kind: 'not'; readonly value: Expression; readonly at: Position }
  | {
      readonly kind: 'arithmetic';
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Position;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Position;
    }
  | {
      readonly kind: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Position;
    }
  | {
      readonly kind: 'between';
      readonly value: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly at: Position;
    }
  | {
      readonly kind: 'in';
      readonly value: Expression;
      readonly items: readonly Expression[];
      readonly at: Position;
    }
  | {
      readonly kind: 'like';
      readonly value: Expression;
      readonly pattern: string;
      readonly at: Position;
    }
  | { readonly kind: 'is-null'; readonly value: Expression; readonly at: Position }
  | {
      readonly kind: 'case';
      /** `CASE subject WHEN …` */
      readonly subject: Expression | undefined;
      readonly branches: readonly Branch[];
      readonly otherwise: Expression | undefined;
      readonly at: Position;
    }
  | {
      readonly kind: 'cast';
      readonly value: Expression;
      readonly type: string;
      readonly at: Position;
    };

/** One kind of expression. */
export type Kind<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>;
