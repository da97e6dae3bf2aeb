import { evaluateExpression } from './alert-expression.ts';

export type Row = Readonly<Record<string, string>>;

/** What a rule of Log Service's alerting 2.0 says about rows; source: "Data structure of an alert
 * rule", "Specify evaluate expressions". */
export interface AlertRule {
  readonly groupBy: readonly string[];
  readonly severities: readonly {
    readonly severity: number;
    /** Empty: every row. */
    readonly condition: string;
    /** Empty: one row is enough. */
    readonly countCondition: string;
  }[];
  readonly noDataSeverity: number | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface FiredAlert {
  readonly severity: number;
  /** With the fields of the first row that matched. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** The alerts that one evaluation of a rule fires. The first severity that matches counts. */
export function fire(rule: AlertRule, rows: readonly Row[]): FiredAlert[] {
  if (rows.length === 0) {
    return rule.noDataSeverity === undefined
      ? []
      : [{ severity: rule.noDataSeverity, annotations: rule.annotations }];
  }
  return groups(rows, rule.groupBy).flatMap((group) => {
    for (const { severity, condition, countCondition } of rule.severities) {
      const matched = group.filter(
        (row) => condition === '' || evaluateExpression(condition, row) === true,
      );
      const isEnough =
        countCondition === '' ||
        evaluateExpression(countCondition, { __count__: String(matched.length) }) === true;
      const [first] = matched;
      if (first !== undefined && isEnough) {
        return [{ severity, annotations: filledIn(rule.annotations, first) }];
      }
    }
    return [];
  });
}

function groups(rows: readonly Row[], fields: readonly string[]): Row[][] {
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(fields.map((field) => fieldOf(row, field)));
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return [...byKey.values()];
}

function filledIn(annotations: AlertRule['annotations'], row: Row): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).map(([key, text]) => [
      key,
      text.replaceAll(/\$\{([^}]*)\}/g, (_, field) => fieldOf(row, field)),
    ]),
  );
}

function fieldOf(row: Row, field: string): string {
  const value = row[field];
  if (value === undefined) throw new Error(`The query has no column ${field}.`);
  return value;
}
