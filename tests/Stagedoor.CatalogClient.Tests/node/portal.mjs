// The official client, turned to the portal under test, with a count and the trace of what it asks over HTTP.
import { CatalogClient } from '@backstage/catalog-client';

export class Portal {
  requests = 0;
  last = [];

  constructor(base, token) {
    this.base = base.replace(/\/$/, '');
    this.token = token;
    const fetchApi = { fetch: (url, options) => this.#fetch(url, options) };
    this.client = new CatalogClient({ discoveryApi: { getBaseUrl: async () => this.base }, fetchApi });
  }

  /** From the environment: PORTAL, such as http://localhost:7007/api/catalog, and TOKEN. */
  static fromEnvironment() {
    if (!process.env.PORTAL) throw new Error('PORTAL is missing: the address of the catalog API, such as http://localhost:7007/api/catalog');
    return new Portal(process.env.PORTAL, process.env.TOKEN);
  }

  get options() {
    return this.token ? { token: this.token } : {};
  }

  /** Asks the API beside the client, for what the client does not show: statuses and headers. */
  async raw(path, { method = 'GET', body, headers = {} } = {}) {
    return fetch(this.base + path, {
      method,
      headers: { 'content-type': 'application/json', ...(this.token && { authorization: `Bearer ${this.token}` }), ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
    });
  }

  async #fetch(url, options) {
    this.requests++;
    const line = `${options?.method ?? 'GET'} ${url}${options?.body ? ` ${options.body}` : ''}`;
    if (this.trace) this.trace.push(line);
    return fetch(url, options);
  }
}
