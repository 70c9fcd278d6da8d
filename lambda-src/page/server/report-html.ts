import { BarChart, GaugeChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { chartOptions } from '../chart/chart-options';
import type { DashboardPage, PanelPage } from '../chart/page-data';
import { escaped, panelHtml } from '../chart/panel-html';
import { STYLE } from './page-html';

use([BarChart, GaugeChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const PAGE_WIDTH = 1280;
const ROW = 30;
const GAP = 8;

/** Pictures of wide panels would be too small to read: they are moved sideways. */
const NARROW = '@media (max-width: 800px) { .chart { height: auto; overflow-x: auto; } .chart svg { height: auto; } .chart.wide svg { min-width: 600px; } }';

/** A dashboard as one file that needs no script and no network: the charts are pictures in it. */
export function reportHtml(page: DashboardPage): string {
  const day = (time: number) => new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  return `<!doctype html>
<html lang="en" data-theme="light">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(page.title)}</title>
<style>${STYLE} main { max-width: ${PAGE_WIDTH}px; margin: 0 auto; } .chart svg { width: 100%; height: 100%; } ${NARROW}</style></head>
<body><header><h1>${escaped(page.title)}</h1><p>${day(page.range.from)} to ${day(page.range.to)} UTC, read at ${day(page.now)}</p></header>
<main>${page.panels.map(panel => panelSection(panel, page.now)).join('\n')}</main>
<footer>Computed by the pipeline's own code on this machine, on an embedded engine.</footer></body>
</html>
`;
}

function panelSection({ panel, answer, range }: PanelPage, now: number): string {
  const { x, y, w, h } = panel.gridPos;
  const place = `style="grid-area: ${y + 1} / ${x + 1} / span ${h} / span ${w}"`;
  if (panel.type === 'row') return `<h2 class="row" ${place}>${escaped(panel.title)}</h2>`;
  const hint = panel.description === undefined ? '' : `<p class="hint">${escaped(panel.description)}</p>`;
  return `<section ${place} aria-label="${escaped(panel.title)}"><header><h2>${escaped(panel.title)}</h2></header>${hint}<div class="body">${content()}</div></section>`;

  function content(): string {
    if (answer?.kind !== 'frame') return `<p class="error">${escaped(answer?.message ?? 'The panel has no query.')}</p>`;
    const look = { panel, frame: answer.frame, theme: 'light' as const, now };
    const options = chartOptions({ ...look, range });
    if (!options) return panelHtml(look) ?? `<p class="empty">A panel of the kind ${escaped(panel.type)} cannot be drawn here; Grafana can.</p>`;
    const width = Math.round((PAGE_WIDTH - 32) / 24 * w - GAP - 20);
    const height = h * ROW + (h - 1) * GAP - (hint === '' ? 44 : 66);
    const chart = init(null, undefined, { renderer: 'svg', ssr: true, width, height });
    chart.setOption(options);
    const svg = chart.renderToSVGString();
    chart.dispose();
    const looks = width > 600 ? 'class="chart wide" tabindex="0"' : 'class="chart"';
    return `<div ${looks} role="img" aria-label="Chart: ${escaped(panel.title)}">${svg}</div>`;
  }
}
