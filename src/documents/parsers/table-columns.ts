import { AkinError } from '../../errors.js';
import { letters } from '../normalise.js';

/** The fields that a column can give. */
export const COLUMN_FIELDS = [
  'id',
  'title',
  'text',
  'html',
  'markdown',
  'url',
  'source',
  'author',
  'publishedAt',
  'language',
  'tags',
] as const;

export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** What tables call the fields, letters only, the most telling first. */
const HEADERS: Record<ColumnField, string> = {
  id: 'id uuid guid docid documentid articleid',
  title:
    'title headline heading titel überschrift schlagzeile titre título titulo titolo títol tytuł otsikko rubrik tittel overskrift kop заголовок название 标题 標題 タイトル judul başlık',
  text: 'text fulltext body bodytext content articletext articlebody article volltext inhalt artikel haupttext texte contenu corps article texto contenido cuerpo artículo conteúdo corpo testo contenuto articolo tekst inhoud treść innehåll innhold indhold текст содержание 正文 内容 內容 本文 isi metin transcript abstract zusammenfassung résumé resumen resumo description beschreibung descripción descrição descrizione summary',
  html: 'html bodyhtml contenthtml',
  markdown: 'markdown md',
  url: 'url link permalink href weburl uri adresse lien enlace collegamento ссылка 链接 連結',
  source:
    'source publisher outlet publication newspaper site quelle zeitung medium fuente fonte bron kilde källa źródło источник 来源 來源 出典 kaynak sumber',
  author:
    'author authors byline writer creator autor autorin verfasser auteur autore autores forfatter författare автор 作者 著者 yazar penulis',
  publishedAt:
    'publishedat published date publicationdate pubdate datepublished publishdate datetime timestamp datum veröffentlicht erscheinungsdatum datepublication fecha data datadipubblicazione dato дата 日期 日付 tarih tanggal created createdat',
  language:
    'language lang languagecode sprache langue idioma lingua taal språk język язык 语言 言語 dil bahasa',
  tags: 'tags tag keywords keyword categories category topics schlagwörter schlagworte stichwörter kategorie motsclés catégorie etiquetas palabrasclave categoría parolechiave categoria trefwoorden теги ключевыеслова 标签 標籤',
};

const NAMES = Object.entries(HEADERS).map(
  ([field, names]) => [field as ColumnField, names.split(' ').map(letters)] as const,
);

/**
 * Which column gives which field, by its index; a field that several headers could give has the most telling.
 *
 * @param named header → field, as the user says; wins over what the headers say
 * @throws AkinError INVALID_REQUEST for a field that there is not
 */
export function mapColumns(
  headers: string[],
  named: Readonly<Record<string, string>> = {},
): Map<ColumnField, number> {
  const asked = checkColumns(named);
  const columns = new Map<ColumnField, number>();
  const isFree = (index: number) => index !== -1 && ![...columns.values()].includes(index);
  for (const [header, field] of asked) {
    const index = headers.findIndex((each) => letters(each) === letters(header));
    if (isFree(index)) columns.set(field, index);
  }
  const keys = headers.map(letters);
  const isNamed = (index: number) => asked.some(([header]) => letters(header) === keys[index]);
  for (const [field, names] of NAMES) {
    const index = names.map((name) => keys.indexOf(name)).find((each) => isFree(each) && !isNamed(each));
    if (index !== undefined && !columns.has(field)) columns.set(field, index);
  }
  return columns;
}

/** @throws AkinError INVALID_REQUEST for a field that there is not */
export function checkColumns(named: Readonly<Record<string, string>>): [string, ColumnField][] {
  return Object.entries(named).map(([header, field]) => {
    const known = COLUMN_FIELDS.find((each) => each === field);
    if (known) return [header, known];
    const message = `There is no field "${field}" that the column "${header}" could give: the fields are ${COLUMN_FIELDS.join(', ')}.`;
    throw new AkinError('INVALID_REQUEST', message, { issues: [{ path: `columns.${header}`, message }] });
  });
}
