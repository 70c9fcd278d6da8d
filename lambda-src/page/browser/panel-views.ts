/// <reference lib="dom" />
import { BarChart, GaugeChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { chartOptions } from '../chart/chart-options';
import type { Theme } from '../chart/colors';
import type { DashboardPage, PanelPage } from '../chart/page-data';
import { panelHtml, tableHtml, type PanelLook } from '../chart/panel-html';

use([BarChart, GaugeChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** The panels of one dashboard, each drawn anew when its data come. */
export class PanelViews {
  private readonly views = new Map<number, PanelView>();

  public constructor(private readonly place: HTMLElement) {
    new ResizeObserver(() => this.views.forEach(view => view.resize())).observe(place);
  }

  public render(page: DashboardPage, theme: Theme): void {
    const wanted = new Set(page.panels.map(({ panel }) => panel.id));
    for (const [id, view] of this.views) {
      if (wanted.has(id)) continue;
      view.element.remove();
      this.views.delete(id);
    }
    for (const panel of page.panels) {
      const view = this.views.get(panel.panel.id) ?? this.add(panel);
      view.draw(panel, theme, page.now);
    }
  }

  private add(panel: PanelPage): PanelView {
    const view = new PanelView(panel);
    this.views.set(panel.panel.id, view);
    this.place.append(view.element);
    return view;
  }
}

class PanelView {
  public readonly element: HTMLElement;
  private readonly body = document.createElement('div');
  private chart: EChartsType | undefined;
  private latest: PanelPage;
  /** What stands there now; a panel whose picture is the same is left alone, with its pointer, focus and selection. */
  private drawn = '';

  public constructor(page: PanelPage) {
    this.latest = page;
    const { panel } = page;
    const { x, y, w, h } = panel.gridPos;
    this.element = document.createElement(panel.type === 'row' ? 'h2' : 'section');
    this.element.style.gridArea = `${y + 1} / ${x + 1} / span ${h} / span ${w}`;
    if (panel.type === 'row') {
      this.element.className = 'row';
      this.element.textContent = panel.title;
      return;
    }
    this.element.dataset.panel = panel.title;
    this.element.setAttribute('aria-label', panel.title);
    this.body.className = 'body';
    this.element.append(heading(panel.title, () => this.showDetails()), ...panel.description ? [hint(panel.description)] : [], this.body);
  }

  public draw(page: PanelPage, theme: Theme, now: number): void {
    this.latest = page;
    const { panel, answer, range } = page;
    if (panel.type === 'row') return;
    if (answer?.kind !== 'frame') return this.say('error', answer?.message ?? 'The panel has no query.');
    const options = chartOptions({ panel, frame: answer.frame, theme, now, range });
    if (options) return this.drawChart(options, JSON.stringify([theme, range, answer.frame]));
    const html = panelHtml({ panel, frame: answer.frame, theme, now });
    if (html === undefined) return this.say('empty', `This page cannot draw a panel of the kind ${panel.type}; Grafana can. Its values: press "Data".`);
    if (this.drawn === html) return;
    const scrolled = this.body.querySelector('.scroll')?.scrollTop ?? 0;
    this.clearChart();
    this.body.innerHTML = html;
    this.body.querySelector('.scroll')?.scrollTo(0, scrolled);
    this.drawn = html;
  }

  public resize(): void {
    this.chart?.resize();
  }

  private drawChart(options: Parameters<EChartsType['setOption']>[0], look: string): void {
    if (this.chart && this.drawn === look) return;
    if (!this.chart) {
      const place = document.createElement('div');
      place.className = 'chart';
      place.setAttribute('role', 'img');
      place.setAttribute('aria-label', `Chart: ${this.latest.panel.title}. The button Data shows its values as a table.`);
      this.body.replaceChildren(place);
      this.chart = init(place, undefined, { renderer: 'svg' });
    }
    this.chart.setOption(options, { notMerge: true });
    this.drawn = look;
  }

  private say(className: string, text: string): void {
    this.clearChart();
    const paragraph = document.createElement('p');
    paragraph.className = className;
    paragraph.textContent = text;
    this.body.replaceChildren(paragraph);
  }

  private clearChart(): void {
    this.chart?.dispose();
    this.chart = undefined;
    this.drawn = '';
  }

  private showDetails(): void {
    const { panel, answer, rawSql = '', sql = '' } = this.latest;
    const dialog = document.createElement('dialog');
    const look = answer?.kind === 'frame' && { panel, frame: answer.frame, theme: 'light', now: Date.now() } satisfies PanelLook;
    dialog.setAttribute('aria-label', `Data and SQL of ${panel.title}`);
    dialog.append(
      titled('h2', panel.title), titled('h3', 'Values'), ...look ? [fromHtml(tableHtml(look))] : [],
      titled('h3', 'SQL in the dashboard'), code(rawSql), titled('h3', 'SQL as it was run here'), code(sql), closing(dialog),
    );
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}

function heading(title: string, details: () => void): HTMLElement {
  const header = document.createElement('header');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Data';
  button.setAttribute('aria-label', `Data and SQL of ${title}`);
  button.addEventListener('click', details);
  header.append(titled('h2', title), button);
  return header;
}

function hint(text: string): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.className = 'hint';
  paragraph.textContent = text;
  return paragraph;
}

function titled(tag: 'h2' | 'h3', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function code(text: string): HTMLElement {
  const element = document.createElement('pre');
  element.tabIndex = 0;
  element.textContent = text;
  return element;
}

function fromHtml(html: string): Element {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild!;
}

function closing(dialog: HTMLDialogElement): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Close';
  button.autofocus = true;
  button.addEventListener('click', () => dialog.close());
  return button;
}
