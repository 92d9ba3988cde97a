/*
 * The element <akin-related>, for pages of other sites: articles related to the one that the page shows. It stands alone,
 * in one file without imports, and makes ordinary elements in the page, which the page's own style sheet styles.
 */

const DEFAULT_LIMIT = 5;
const MOST = 20;
const TIMEOUT_MS = 10_000;
const DEFAULT_HEADING = 'Related articles';
/** Where this file came from is where the answers are, unless the page names another server. */
const OWN_SERVER = new URL('.', import.meta.url).href;

/** What of a related document is shown. */
interface RelatedDocument {
  title: string | null;
  url: string | null;
  source: string | null;
  publishedAt: string | null;
  language: string | null;
}

let hasWarned = false;

/**
 * `<akin-related document="ID">` or `<akin-related url="https://…">`; with neither, the address that the page calls its
 * own. `limit`, `heading`, `key` and `server` may be given. It is hidden while there is nothing to show.
 */
class AkinRelated extends HTMLElement {
  static readonly observedAttributes = ['document', 'url', 'limit', 'heading', 'key', 'server'];
  #asking = new AbortController();

  connectedCallback(): void {
    this.#show();
  }

  disconnectedCallback(): void {
    this.#asking.abort();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#show();
  }

  #show(): void {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    // Attributes that are set one after the other are one question.
    queueMicrotask(() => {
      if (!signal.aborted) void this.#ask(signal);
    });
  }

  async #ask(signal: AbortSignal): Promise<void> {
    try {
      const documents = await this.#related(signal);
      if (signal.aborted) return;
      const list = documents.map((document) => entryOf(document, dateFormat(this)));
      this.replaceChildren(
        ...(list.length === 0 ? [] : [...this.#heading(), element('ul', 'list', ...list)]),
      );
      this.hidden = list.length === 0;
    } catch (failure) {
      if (signal.aborted) return;
      this.replaceChildren();
      this.hidden = true;
      if (!hasWarned) console.warn('akin-related:', failure);
      hasWarned = true;
    }
  }

  async #related(signal: AbortSignal): Promise<RelatedDocument[]> {
    const id = this.getAttribute('document') || (await this.#documentAt(this.#address(), signal));
    if (id === null) return [];
    const asked = Number(this.getAttribute('limit') ?? DEFAULT_LIMIT);
    const limit = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, MOST) : DEFAULT_LIMIT;
    const path = `v1/documents/${encodeURIComponent(id)}/related?limit=${limit}`;
    const { hits } = (await this.#json(path, signal)) as { hits: { document: RelatedDocument }[] };
    return hits.map(({ document }) => document);
  }

  /** The id of the document with an address, as it is or with the other ending; null where the index has none. */
  async #documentAt(address: string, signal: AbortSignal): Promise<string | null> {
    const other = address.endsWith('/') ? address.slice(0, -1) : `${address}/`;
    const filter = encodeURIComponent(JSON.stringify({ url: { in: [address, other] } }));
    const answer = await this.#json(`v1/documents?limit=1&filter=${filter}`, signal);
    return (answer as { documents: { id: string }[] }).documents[0]?.id ?? null;
  }

  #address(): string {
    const given = this.getAttribute('url');
    if (given) return given;
    const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
    return canonical || location.origin + location.pathname + location.search;
  }

  #heading(): HTMLElement[] {
    const words = this.getAttribute('heading') ?? DEFAULT_HEADING;
    return words === '' ? [] : [element('h2', 'heading', words)];
  }

  /** An answer out of the browser's cache is asked about, not sent again, where it still holds. */
  async #json(path: string, signal: AbortSignal): Promise<unknown> {
    const key = this.getAttribute('key');
    const named = this.getAttribute('server');
    const server = named ? new URL(named.replace(/\/*$/, '/'), location.href) : OWN_SERVER;
    const response = await fetch(new URL(path, server), {
      headers: key ? { Authorization: `Bearer ${key}` } : {},
      credentials: 'omit',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
    return response.json();
  }
}

/** A new element with a class of this widget's. Text stays text, whatever it looks like. */
function element(tag: string, name: string, ...children: (Node | string)[]): HTMLElement {
  const created = document.createElement(tag);
  created.className = `akin-related-${name}`;
  created.append(...children);
  return created;
}

function entryOf(
  { title, url, source, publishedAt, language }: RelatedDocument,
  format: Intl.DateTimeFormat,
) {
  const isWebAddress = url !== null && /^https?:\/\//i.test(url) && URL.canParse(url);
  const name = element(isWebAddress ? 'a' : 'span', 'title', title?.trim() || url || 'Untitled');
  if (isWebAddress) name.setAttribute('href', url);
  if (language) name.lang = language;
  name.dir = 'auto';
  const facts: (Node | string)[] = [];
  if (source) facts.push(element('span', 'source', source));
  if (publishedAt) facts.push(...(source ? [' · '] : []), dateOf(publishedAt, format));
  return element(
    'li',
    'entry',
    name,
    ...(facts.length > 0 ? [' ', element('small', 'facts', ...facts)] : []),
  );
}

/** The day as it was where it was written. */
function dateOf(publishedAt: string, format: Intl.DateTimeFormat): HTMLElement {
  const day = publishedAt.slice(0, 10);
  const date = new Date(day);
  const time = element('time', 'date', Number.isNaN(date.getTime()) ? publishedAt : format.format(date));
  time.setAttribute('datetime', day);
  return time;
}

/** Dates are written as the page's language does it. */
function dateFormat(within: Element): Intl.DateTimeFormat {
  const options = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  const language = within.closest<HTMLElement>('[lang]')?.lang;
  try {
    return new Intl.DateTimeFormat(language || undefined, options);
  } catch {
    // A page may say anything of its language.
    return new Intl.DateTimeFormat(undefined, options);
  }
}

if (!customElements.get('akin-related')) customElements.define('akin-related', AkinRelated);
