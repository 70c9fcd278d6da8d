import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engines } from './engines';

/** Lets tests, which run in another process, stop engines and start them again: `POST /kill-trino`, `POST /start-trino`. */
export async function startControl(engines: Engines): Promise<{ readonly server: Server; readonly url: string }> {
  const orders: { readonly [path: string]: () => Promise<void> } = {
    '/kill-trino': () => engines.killTrino(),
    '/start-trino': () => engines.restartTrino(),
  };
  const server = createServer((request, response) => {
    const work = orders[request.url ?? ''];
    const done = work ? work() : Promise.reject(new Error(`no order ${request.url}`));
    done.then(() => response.writeHead(200).end(), (error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.requestTimeout = 0;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export async function order(control: string, path: 'kill-trino' | 'start-trino'): Promise<void> {
  const response = await fetch(`${control}/${path}`, { method: 'POST' });
  if (!response.ok) throw new Error(await response.text());
}
