import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DashboardJson } from '../../grafana/dashboard-json';
import type { DashboardTitle, LivePage } from '../chart/page-data';
import { dashboardPage, type PageRequest } from './dashboard-page';
import type { GoldReader } from './gold-reader';
import { pageHtml } from './page-html';

export interface PageServerOptions {
  readonly dashboards: readonly DashboardJson[];
  readonly reader: GoldReader;
  /** The bundled script of the page. */
  readonly script: string;
  readonly now: () => Date;
  /** The pipeline's structure, a whole HTML document. */
  readonly lineage: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** How far changes have come that keep coming; pages then refresh with every beat. */
  readonly live?: () => LivePage;
}

/** Only this machine can reach it, and only by these names: a page of another origin must not read the data. */
const LOOPBACK = '127.0.0.1';
const HOSTS = /^(localhost|127\.0\.0\.1)(:\d+)?$/;
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
  + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Something else listens on the port that was asked for. */
export class PortTakenError extends Error {
  public readonly name = 'PortTakenError';
}

/** Shows the dashboards of a local run as a web page, on the loopback address only. */
export class PageServer {
  /** Throws PortTakenError. */
  public static async start(options: PageServerOptions): Promise<PageServer> {
    const server = createServer((request, response) => void answer(options, request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE'
        ? new PortTakenError(`port ${options.port} is in use; name another one with --port, or 0 for any that is free`)
        : error));
      server.listen(options.port, LOOPBACK, resolve);
    });
    return new PageServer(server);
  }

  private constructor(private readonly server: Server) {}

  public get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

async function answer(options: PageServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!HOSTS.test(request.headers.host ?? '')) return send(response, 403, 'text/plain', 'open this page by the name localhost');
  if (request.method !== 'GET') return send(response, 405, 'text/plain', 'only GET');
  try {
    const url = new URL(request.url ?? '/', 'http://localhost');
    switch (url.pathname) {
      case '/': return send(response, 200, 'text/html', pageHtml());
      case '/page.js': return send(response, 200, 'text/javascript', options.script);
      case '/lineage': return send(response, 200, 'text/html', options.lineage);
      case '/api/dashboards': return sendJson(response, titles(options.dashboards));
      default: return await sendDashboard(options, url, response);
    }
  } catch (error) {
    send(response, 400, 'text/plain', error instanceof Error ? error.message : String(error));
  }
}

async function sendDashboard({ dashboards, reader, now, live }: PageServerOptions, url: URL, response: ServerResponse): Promise<void> {
  const [, uid] = /^\/api\/dashboards\/([\w-]+)$/.exec(url.pathname) ?? [];
  const dashboard = dashboards.find(candidate => candidate.uid === uid);
  if (!dashboard) return send(response, 404, 'text/plain', 'there is nothing here');
  const progress = live?.();
  const page = await dashboardPage(reader, dashboard, pageRequest(url.searchParams), now());
  sendJson(response, progress ? { ...page, live: progress, refreshSeconds: progress.beatSeconds } : page);
}

/** Grafana's own query parameters: `from`, `to`, `var-region`. */
function pageRequest(parameters: URLSearchParams): PageRequest {
  const choices: { [variable: string]: string[] } = {};
  for (const [name, value] of parameters) if (name.startsWith('var-')) (choices[name.slice('var-'.length)] ??= []).push(value);
  return { from: parameters.get('from') || undefined, to: parameters.get('to') || undefined, choices };
}

function titles(dashboards: readonly DashboardJson[]): DashboardTitle[] {
  return dashboards.map(({ uid, title }) => ({ uid, title }));
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, 'application/json', JSON.stringify(value));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }).end(body);
}
