import Table from 'cli-table3';
import type { Beat } from '../live-run';
import type { HeldBack, RunReport } from '../run-report';
import type { TableCheck } from '../verify/table-check';
import type { WithoutValue } from '../without-value';

/** Whose values a run has seen: made up from the columns' types alone, or a user's own. */
export type ValueOrigin = 'made-up' | 'own';

/** What a run found, for a reader at a terminal. */
export function reportText(report: RunReport, values?: ValueOrigin): string {
  const checks = report.rounds.at(-1)?.checks ?? [];
  return [
    checksTable(checks),
    ...report.rounds.flatMap(({ title, checks: all }) => all.filter(({ verdict }) => verdict === 'different').map(check => differencesText(title, check))),
    ...report.metrics.length > 0 ? [metricsTable(report)] : [],
    [...remarks(report), ...valueRemarks(report, values)].join('\n'),
  ].filter(part => part !== '').join('\n\n');
}

/** A beat of a live run: one line. */
export function beatText({ changes, at, gold, seconds }: Beat): string {
  const rows = gold.map(({ table, fresh }) => `${table} ${number(fresh)}`).join(', ') || 'no row';
  return `${at.toISOString().slice(11, 19)}  ${number(changes)} ${plural(changes, 'change')} in Gold after ${seconds.toFixed(2)} s, new values in ${rows}`;
}

function checksTable(checks: readonly TableCheck[]): string {
  const table = new Table({ head: ['layer', 'table', 'rows', 'expected', 'ok'], style: PLAIN, colAligns: ['left', 'left', 'right', 'right', 'left'] });
  for (const { layer, table: tableName, rows, beyondWindow, expected, verdict } of checks) {
    const compared = beyondWindow === undefined ? number(expected) : `${number(expected)} in window`;
    table.push([layer, tableName, number(rows + (beyondWindow ?? 0)), compared, verdict === 'equal' ? 'ok' : 'DIFFERENT']);
  }
  return [table.toString(), 'bronze counts changes; silver and gold are compared row by row and value by value', ...checks.flatMap(windowText)].join('\n');
}

function windowText({ layer, table, rows, beyondWindow }: TableCheck): string[] {
  if (beyondWindow === undefined) return [];
  const beyond = beyondWindow > 0 ? `, not the ${number(beyondWindow)} beyond it` : '';
  return [`${layer}.${table} promises its refresh window only: ${number(rows)} ${plural(rows, 'row')} in it compared${beyond}`];
}

function metricsTable({ metrics }: RunReport): string {
  const table = new Table({ head: ['key metric', 'value'], style: PLAIN, colAligns: ['left', 'right'] });
  for (const { metric_name: metric, metric_value: value } of metrics) table.push([metric, grouped(value ?? 'NULL')]);
  return table.toString();
}

export function differencesText(round: string, { layer, table, rows, expected, differences }: TableCheck): string {
  const lines = differences.map(({ kind, row }) => `  ${kind === 'missing' ? '- missing   ' : '+ unexpected'} ${JSON.stringify(row)}`);
  return [`${layer}.${table} differs after "${round}": ${number(rows)} rows, ${number(expected)} expected`, ...lines].join('\n');
}

function remarks({ heldBack, conversionErrors, warnings, unmatched, rejected }: RunReport): string[] {
  return [
    ...heldBack.map(heldBackText),
    ...rejected.map(({ table, reason, records }) => `${table}: ${number(records)} ${plural(records, 'record')} rejected by Bronze: ${reason}`),
    ...conversionErrors.map(({ table, rows, example }) => `${table}: ${number(rows)} ${plural(rows, 'row')} with a value that did not convert (NULL in Silver), such as ${example}`),
    ...warnings.map(({ table, rule, rows }) => `${table}: ${number(rows)} ${plural(rows, 'row')} ${rows === 1 ? 'breaks' : 'break'} the rule ${rule} (warn)`),
    ...unmatched.map(({ table, joined, rows }) => `${table}: ${number(rows)} ${plural(rows, 'row')} without a match in ${joined}`),
  ];
}

function valueRemarks({ heldBack, withoutValue }: RunReport, values: ValueOrigin | undefined): string[] {
  switch (values) {
    case 'made-up': return heldBack.some(({ reason }) => reason.includes(':'))
      ? ['made-up values do not know your rules; play real items with --events'] : [];
    case 'own': return withoutValue.flatMap(withoutValueText);
    default: return [];
  }
}

function withoutValueText({ table, columns, private: hidden }: WithoutValue): string[] {
  const named = columns.map(({ name, attribute }) => name === attribute ? name : `${name} (attribute ${attribute})`).join(', ');
  return [
    ...columns.length > 0 ? [`${table}: no item has a value for ${named}`] : [],
    ...hidden.length > 0 ? [`${table}: no item has ${hidden.join(', ')}, which privacy names; if that is misspelt, the attribute is kept as it is`] : [],
  ];
}

function heldBackText({ table, reason, items }: HeldBack): string {
  const [kind, rule] = reason.split(':');
  const count = `${table}: ${number(items)} ${plural(items, 'item')}`;
  switch (kind) {
    case 'deleted': return `${count} deleted in the source`;
    case 'drop': return `${count} dropped by the rule ${rule}`;
    case 'quarantine': return `${count} quarantined by the rule ${rule}; see silver.${table}_quarantine`;
    default: return `${count} held back: ${reason}`;
  }
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** `12345.60` as `12,345.60`: no digit is lost to a double. */
function grouped(value: string): string {
  const [whole, fraction] = value.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** No colours: the text goes to files and logs as well. */
const PLAIN = { head: [], border: [], compact: true };
