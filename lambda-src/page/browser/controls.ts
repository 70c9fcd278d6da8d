/// <reference lib="dom" />
import type { DashboardPage, DashboardTitle, VariablePage } from '../chart/page-data';
import { toggleTheme } from './theme';

/** What a reader has chosen. */
export interface Selection {
  readonly dashboard: string;
  readonly from: string;
  readonly to: string;
  readonly variables: { readonly [name: string]: readonly string[] };
  /** Seconds; the dashboard's own if undefined. */
  readonly refresh?: number;
}

const RANGES: readonly (readonly [text: string, from: string])[] = [
  ['Today', 'now/d'], ['Last 7 days', 'now-7d/d'], ['Last 30 days', 'now-30d/d'], ['Last 90 days', 'now-90d/d'], ['Last year', 'now-1y/d'],
];
const REFRESHES: readonly (readonly [text: string, value: string])[] = [['as usual', ''], ['2 s', '2'], ['10 s', '10'], ['1 min', '60']];

/** The form above the panels: dashboard, time range, variables, refresh, light or dark. */
export class Controls {
  private chosen: Selection = { dashboard: '', from: '', to: '', variables: {} };
  private readonly dashboards = select('Dashboard');
  private readonly range = select('Time range');
  private readonly refresh = select('Refresh');
  private readonly variables = document.createElement('span');

  public constructor(private readonly form: HTMLFormElement, private readonly changed: (selection: Selection) => void) {
    form.addEventListener('submit', event => event.preventDefault());
    this.dashboards.control.addEventListener('change', () => this.change({ dashboard: this.dashboards.control.value, from: '', to: '', variables: {} }));
    this.range.control.addEventListener('change', () => this.change({ from: this.range.control.value, to: 'now' }));
    this.refresh.control.addEventListener('change', () => this.change({ refresh: Number(this.refresh.control.value) || undefined }));
    this.variables.style.display = 'contents';
  }

  public get selection(): Selection {
    return this.chosen;
  }

  /** Builds the form; the address may name what to begin with. */
  public start(titles: readonly DashboardTitle[], address: URLSearchParams): Selection {
    const asked = address.get('dashboard');
    const dashboard = titles.find(({ uid }) => uid === asked)?.uid ?? titles[0].uid;
    const variables: { [name: string]: string[] } = {};
    for (const [name, value] of address) if (name.startsWith('var-')) (variables[name.slice('var-'.length)] ??= []).push(value);
    fill(this.dashboards.control, titles.map(({ uid, title }) => [title, uid]), dashboard);
    fill(this.refresh.control, REFRESHES, '');
    this.form.replaceChildren(...titles.length > 1 ? [this.dashboards.label] : [], this.variables, this.range.label, this.refresh.label, button('Refresh now', () => this.change({})),
      button('Light or dark', toggleTheme));
    this.chosen = { dashboard, from: address.get('from') ?? '', to: address.get('to') ?? '', variables };
    return this.chosen;
  }

  /** What the dashboard itself says of its range and its variables. */
  public update(page: DashboardPage): void {
    // The dashboard's own range comes first, by its name if it has one.
    const usual = [RANGES.find(([, from]) => from === page.usualFrom)?.[0] ?? 'As the dashboard says', ''] as const;
    const ranges = [usual, ...RANGES.filter(([, from]) => from !== page.usualFrom)];
    const known = ranges.some(([, from]) => from === this.chosen.from);
    fill(this.range.control, [...ranges, ...known ? [] : [[rangeText(page), this.chosen.from] as const]], this.chosen.from);
    if (this.variables.contains(document.activeElement)) return;
    this.variables.replaceChildren(...page.variables.map(variable => this.variable(variable)));
  }

  private variable({ name, label, values, chosen }: VariablePage): HTMLElement {
    const { label: element, control } = select(label);
    const others = chosen.length > 1 ? [[chosen.join(', '), JSON.stringify(chosen)] as const] : [];
    fill(control, [['All', '[]'], ...values.map(value => [value, JSON.stringify([value])] as const), ...others], JSON.stringify(chosen));
    control.addEventListener('change', () => {
      const { [name]: _, ...rest } = this.chosen.variables;
      const picked = JSON.parse(control.value) as string[];
      this.change({ variables: picked.length === 0 ? rest : { ...rest, [name]: picked } });
    });
    return element;
  }

  private change(part: Partial<Selection>): void {
    this.chosen = { ...this.chosen, ...part };
    this.changed(this.chosen);
  }
}

function select(text: string): { label: HTMLLabelElement; control: HTMLSelectElement } {
  const label = document.createElement('label');
  const control = document.createElement('select');
  label.append(text, control);
  return { label, control };
}

function fill(control: HTMLSelectElement, entries: readonly (readonly [text: string, value: string])[], value: string): void {
  control.replaceChildren(...entries.map(([text, own]) => new Option(text, own)));
  control.value = value;
}

function button(text: string, pressed: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', pressed);
  return element;
}

function rangeText({ range }: DashboardPage): string {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  return `${day(range.from)} to ${day(range.to)}`;
}
