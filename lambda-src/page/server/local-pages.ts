import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { grafanaDashboards } from '../../grafana/render-files';
import { lineageGraph } from '../../lineage/lineage-graph';
import { lineageSvg } from '../../lineage/lineage-svg';
import { dashboardPage } from './dashboard-page';
import type { GoldReader } from './gold-reader';
import { lineageHtml } from './lineage-html';
import { pageScript } from './page-script';
import { PageServer, type PageServerOptions } from './page-server';
import { reportHtml } from './report-html';

/** What is on no dashboard of AWS: the data source's name does not matter here. */
const DATA_SOURCE = 'local';

/** Writes a report of each dashboard and the picture of the pipeline into a folder. Returns the files. */
export async function writePages(spec: PipelineSpec, reader: GoldReader, folder: string, now: Date): Promise<string[]> {
  const files = [path.join(folder, 'lineage.svg')];
  writeFileSync(files[0], lineageSvg(lineageGraph(spec)));
  for (const dashboard of grafanaDashboards(spec, DATA_SOURCE)) {
    const file = path.join(folder, `report-${dashboard.uid}.html`);
    writeFileSync(file, reportHtml(await dashboardPage(reader, dashboard, { choices: {} }, now)));
    files.push(file);
  }
  return files;
}

/** Serves the dashboards until it is closed. */
export async function servePages(
  spec: PipelineSpec, reader: GoldReader, port: number, { now = () => new Date(), live }: Partial<Pick<PageServerOptions, 'now' | 'live'>> = {},
): Promise<PageServer> {
  return PageServer.start({
    dashboards: grafanaDashboards(spec, DATA_SOURCE),
    reader,
    script: pageScript(),
    now,
    lineage: lineageHtml(spec),
    port,
    live,
  });
}
