/** Grafana has refused a request; the message says which, and what Grafana said. */
export class GrafanaApiError extends Error {
  public readonly name = 'GrafanaApiError';
}

/** Grafana's HTTP API, as far as dashboards need it. @see https://grafana.com/docs/grafana/latest/developers/http_api/ */
export class GrafanaApi {
  private readonly base: string;

  /**
   * @param url Grafana's address, with the path below which it lies.
   * @param token of a service account. It is sent to that address and nowhere else.
   */
  public constructor(url: string, private readonly token: string) {
    if (!/^https?:\/\//.test(url)) throw new GrafanaApiError(`'${url}' is no address; write https://…`);
    this.base = url.replace(/\/+$/, '');
  }

  /** Undefined where there is nothing of that address. */
  public async find(path: string): Promise<unknown> {
    const response = await this.request('GET', path);
    if (response.status === 404) return undefined;
    return this.answer('GET', path, response);
  }

  public async send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<unknown> {
    return this.answer(method, path, await this.request(method, path, body));
  }

  private async request(method: string, path: string, body?: unknown): Promise<Response> {
    try {
      return await fetch(`${this.base}${path}`, {
        method,
        headers: { 'Authorization': `Bearer ${this.token}`, 'Accept': 'application/json', 'Content-Type': 'application/json' },
        // The token must not follow to another address.
        redirect: 'error',
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const { cause, message } = error as Error & { readonly cause?: unknown };
      throw new GrafanaApiError(`${this.base} does not answer (${cause instanceof Error ? cause.message : message}); look at the address, and whether Grafana is up`);
    }
  }

  private async answer(method: string, path: string, response: Response): Promise<unknown> {
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text) as unknown;
    throw new GrafanaApiError(`${method} ${path}: Grafana says ${response.status}, ${text.slice(0, 500)}${ADVICE[response.status] ?? ''}`);
  }
}

const ADVICE: { readonly [status: number]: string } = {
  401: '. The token is wrong or has expired: make a new one',
  403: '. The token\'s service account needs the role Admin: data sources are made with no less',
};
