/** A search statement as a tree. */
export type Expression =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  /** A term without a field: in any text field, or in the whole log. */
  | { readonly kind: 'anywhere'; readonly term: Term }
  /** `field: term` */
  | { readonly kind: 'field'; readonly field: string; readonly term: Term }
  /** `field: *` */
  | { readonly kind: 'exists'; readonly field: string }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly operator: Comparison;
      readonly value: string;
    }
  | { readonly kind: 'range'; readonly field: string; readonly low: Bound; readonly high: Bound };

export type Comparison = '>' | '>=' | '<' | '<=' | '=';

/** Quoted terms have no wildcards. */
export interface Term {
  readonly text: string;
  readonly quoted: boolean;
}

export interface Bound {
  readonly value: string;
  readonly included: boolean;
}
