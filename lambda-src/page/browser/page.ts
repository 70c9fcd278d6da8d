/// <reference lib="dom" />
import type { DashboardPage, DashboardTitle } from '../chart/page-data';
import { Controls, type Selection } from './controls';
import { PanelViews } from './panel-views';
import { currentTheme, onThemeChange } from './theme';

/** Grafana's address of a dashboard's state, kept in the page's own address so that it can be shared and reloaded. */
const state = new URLSearchParams(location.search);
const status = document.getElementById('status')!;
const views = new PanelViews(document.getElementById('panels')!);
const controls = new Controls(document.getElementById('controls') as HTMLFormElement, selection => void show(selection));
let shown: DashboardPage | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

async function start(): Promise<void> {
  const titles = await fetched<DashboardTitle[]>('/api/dashboards');
  if (titles.length === 0) {
    status.textContent = 'This pipeline has no dashboard: declare one, or leave `dashboards` out to have one made from its Gold tables.';
    return;
  }
  await show(controls.start(titles, state));
}

async function show(selection: Selection): Promise<void> {
  clearTimeout(timer);
  const parameters = new URLSearchParams({ from: selection.from, to: selection.to });
  for (const [name, values] of Object.entries(selection.variables)) for (const value of values) parameters.append(`var-${name}`, value);
  history.replaceState(null, '', `?dashboard=${selection.dashboard}&${parameters.toString()}`);
  document.body.setAttribute('aria-busy', 'true');
  try {
    shown = await fetched<DashboardPage>(`/api/dashboards/${selection.dashboard}?${parameters.toString()}`);
    document.title = shown.title;
    document.getElementById('title')!.textContent = shown.title;
    controls.update(shown);
    views.render(shown, currentTheme());
    status.textContent = statusText(shown, selection.refresh ?? shown.refreshSeconds);
  } catch (error) {
    status.textContent = `The dashboard could not be read: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    document.body.removeAttribute('aria-busy');
    timer = setTimeout(() => void show(controls.selection), (selection.refresh ?? shown?.refreshSeconds ?? 60) * 1000);
  }
}

function statusText({ now, live }: DashboardPage, refreshSeconds: number): string {
  const time = (instant: number) => new Date(instant).toISOString().slice(11, 19);
  const refreshes = `Refreshes every ${refreshSeconds % 60 === 0 ? `${refreshSeconds / 60} min` : `${refreshSeconds} s`}.`;
  if (!live) return `Read at ${time(now)} UTC. ${refreshes}`;
  return `Live: ${live.changes.toLocaleString('en-US')} changes since the start, data as of ${time(live.at)} UTC. ${refreshes}`;
}

async function fetched<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(await response.text());
  return await response.json() as T;
}

onThemeChange(() => { if (shown) views.render(shown, currentTheme()); });
void start();
