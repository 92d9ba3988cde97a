import { groupBy } from '../../group-by.js';
import type { DocumentFields } from '../../types.js';
import { readTags } from '../fields.js';
import { letters, oneLineOrNull } from '../normalise.js';
import { type DomDocument, type DomElement, decodeEntities } from './dom.js';
import { readPublished } from './html-dates.js';
import { readJsonLd } from './json-ld.js';

/** The names under which pages give each field in `<meta>`, the most telling first. */
const META_NAMES = {
  title: [
    'og:title',
    'twitter:title',
    'parsely-title',
    'dc.title',
    'dcterms.title',
    'citation_title',
    'headline',
  ],
  author: [
    'author',
    'article:author',
    'og:article:author',
    'parsely-author',
    'dc.creator',
    'dcterms.creator',
    'sailthru.author',
    'citation_author',
    'byl',
  ],
  publishedAt: [
    'article:published_time',
    'og:article:published_time',
    'datepublished',
    'parsely-pub-date',
    'sailthru.date',
    'dc.date.issued',
    'dcterms.created',
    'dc.date',
    'dcterms.date',
    'citation_publication_date',
    'pubdate',
    'publishdate',
    'publish-date',
    'publication_date',
    'date',
  ],
  source: ['og:site_name', 'application-name', 'dc.publisher', 'dcterms.publisher', 'citation_journal_title'],
  url: ['og:url', 'parsely-link', 'twitter:url'],
  language: ['content-language', 'og:locale', 'dc.language', 'language'],
  tags: ['article:tag', 'keywords', 'news_keywords', 'parsely-tags'],
  description: ['og:description', 'description', 'twitter:description'],
};

const MIN_TITLE_WITHOUT_SUFFIX = 12;
/** Longer than this, what a page marks as its author is a whole box about them. */
const MAX_NAME_LENGTH = 100;

/** What a page says of itself in JSON-LD, `<meta>`, microdata and markup, in that order of trust. */
export function readHtmlFields(document: DomDocument): DocumentFields {
  const linked = readJsonLd(document);
  const metas = readMetas(document);
  const first = (names: string[]) => names.flatMap((name) => metas.get(name) ?? [])[0] ?? null;
  const source = linked.source ?? first(META_NAMES.source);
  const description = first(META_NAMES.description);
  return {
    title: linked.title
      ? withoutSite(linked.title, source)
      : readTitle(document, first(META_NAMES.title), source),
    author:
      withoutBy(linked.author) ??
      readAuthor(
        document,
        META_NAMES.author.flatMap((name) => metas.get(name) ?? []),
      ),
    publishedAt:
      linked.publishedAt ??
      readPublished(
        document,
        META_NAMES.publishedAt.flatMap((name) => metas.get(name) ?? []),
      ),
    source,
    url: readUrl(document, first(META_NAMES.url)) ?? linked.url ?? null,
    language: readLanguage([
      document.documentElement.getAttribute('lang'),
      linked.language,
      first(META_NAMES.language),
    ]),
    tags: linked.tags?.length
      ? linked.tags
      : readTags(META_NAMES.tags.flatMap((name) => metas.get(name) ?? []).flatMap(readTags)),
    metadata: description === null ? {} : { description },
  };
}

function readMetas(document: DomDocument): Map<string, string[]> {
  const metas = [...document.querySelectorAll('meta[content]')].flatMap((meta) => {
    const content = oneLineOrNull(decodeEntities(meta.getAttribute('content') ?? ''));
    const names = ['property', 'name', 'itemprop', 'http-equiv'].flatMap(
      (key) => meta.getAttribute(key)?.toLowerCase().split(/\s+/) ?? [],
    );
    return content === null ? [] : names.map((name) => ({ name, content }));
  });
  const named = groupBy(metas, ({ name }) => name);
  return new Map(Array.from(named, ([name, own]) => [name, own.map(({ content }) => content)]));
}

function readTitle(document: DomDocument, named: string | null, source: string | null): string | null {
  if (named !== null) return withoutSite(named, source);
  const title = textOf(document.querySelector('title'));
  const headings = [...document.querySelectorAll('h1')].map(textOf).filter((heading) => heading !== null);
  const heading =
    headings.find((each) => title?.includes(each)) ?? (headings.length === 1 ? headings[0] : null);
  if (title === null) return heading ?? null;
  if (heading && heading.length >= MIN_TITLE_WITHOUT_SUFFIX && title.startsWith(heading)) return heading;
  const suffix = /\s+(?:[|»·]|[-–—])\s+[^|»·–—]{1,60}$/u.exec(title)?.[0] ?? '';
  const short = title.slice(0, title.length - suffix.length);
  return source
    ? withoutSite(title, source)
    : short.length >= MIN_TITLE_WITHOUT_SUFFIX && /[|»]/.test(suffix)
      ? short
      : title;
}

/** `Flood in Varn | TheHill` is `Flood in Varn` on the site of `The Hill`. */
function withoutSite(title: string, source: string | null): string {
  const parts = /^(?<own>.+?)\s+[|»·–—-]\s+(?<site>[^|»·–—]+)$/u.exec(title)?.groups;
  const isSite = source !== null && parts?.site !== undefined && letters(parts.site) === letters(source);
  return isSite && parts?.own ? parts.own : title;
}

function readAuthor(document: DomDocument, named: string[]): string | null {
  const marked = document.querySelector(
    '[itemprop="author"] [itemprop="name"], [itemprop="author"], [rel="author"]',
  );
  const names = named.filter((name) => !/^(?:https?:|@)/i.test(name));
  return readName(names[0] ?? textOf(marked));
}

/** The name in a byline: `By Jane Doe @janedoe` is `Jane Doe`; null for a box that says more. */
export function readName(byline: string | null | undefined): string | null {
  const name = withoutBy(oneLineOrNull(byline))?.replace(/\s+@.*$/, '');
  return name && name.length <= MAX_NAME_LENGTH && !/\d/.test(name) ? name : null;
}

function withoutBy(byline: string | null | undefined): string | null {
  return byline?.replace(/^(?:(?:written|analysis|opinion|report|words) )?by:?\s+/i, '') ?? null;
}

function readUrl(document: DomDocument, named: string | null): string | null {
  const canonical = document.querySelector('link[rel~="canonical"]')?.getAttribute('href')?.trim() ?? null;
  return [canonical, named].find((url) => url !== null && /^https?:\/\//i.test(url)) ?? null;
}

/** What the links of a page are relative to: its `<base>`, or its own address. */
export function readBase(document: DomDocument, url: string | null): string | null {
  const base = document.querySelector('base[href]')?.getAttribute('href')?.trim() ?? '';
  return URL.canParse(base, url ?? undefined) ? new URL(base, url ?? undefined).href : url;
}

function readLanguage(values: (string | null | undefined)[]): string | null {
  for (const value of values) {
    const tag = value?.trim().split(',')[0]?.replaceAll('_', '-');
    if (tag && /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(tag)) return Intl.getCanonicalLocales(tag)[0] ?? null;
  }
  return null;
}

function textOf(element: DomElement | null): string | null {
  return oneLineOrNull(element?.textContent);
}
