import type { RpcProduct } from '../protocols/rpc/operation.ts';

/** How much of an operation there is. */
export type OperationFidelity =
  /** What its documentation says of parameters and answer is there. */
  | { readonly is: 'modelled'; readonly notes?: string }
  /** Whoever gives or reads what is missing is refused or finds nothing; `missing` says what. */
  | { readonly is: 'partly'; readonly missing: string; readonly notes?: string };

/**
 * Where a claim comes from: somebody's page or code, at an address and of a date, which for a package
 * is its version; `inferred`: from such pages and code, none of which says it; `ours`: nobody says
 * anything, and the sandbox has to do something.
 */
export type Source = 'inferred' | 'ours' | SourceAt;

export interface SourceAt {
  readonly address: string;
  readonly dated: string;
}

/** Something that the sandbox does as the cloud does, or so it claims. Markdown. */
export interface Claim {
  readonly claim: string;
  readonly source: Source | readonly SourceAt[];
}

export interface ServiceFidelity<Operations = OperationsByVersion> {
  /** The product's name. */
  readonly title: string;
  /** By API version, then by operation. */
  readonly operations: Operations;
  /** Operations that a caller knows by name and that are refused for a reason of their own. */
  readonly refused?: Readonly<Record<string, string>>;
  /** What an operation that is not modelled answers. */
  readonly refusal: string;
  readonly claims: readonly Claim[];
}

export type OperationsByVersion = Readonly<
  Record<string, Readonly<Record<string, OperationFidelity>>>
>;

/** One entry for each operation of a product, so that none is added without. */
export type OperationsOf<Product extends RpcProduct> = {
  readonly [Version in keyof Product['versions'] & string]: Readonly<
    Record<keyof Product['versions'][Version] & string, OperationFidelity>
  >;
};

export const MODELLED: OperationFidelity = { is: 'modelled' };

export function partly(missing: string): OperationFidelity {
  return { is: 'partly', missing };
}

/** A page, and the date that it bears: `2026-03-11`. */
export function page(address: string, dated: string): SourceAt {
  return { address, dated };
}

/** A page of which no date is known. */
export function undatedPage(address: string): SourceAt {
  return { address, dated: 'undated' };
}

/** A package on npm: its models, or what it sends and reads. */
export function npmPackage(name: string, version: string): SourceAt {
  return { address: `https://www.npmjs.com/package/${name}/v/${version}`, dated: version };
}
