import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED } from '../support/needs.js';

export interface Article {
  id: string;
  title: string;
  text: string;
  /** The subject that it is filed under. */
  label: string;
}

/** The news of the data for measuring. */
export function newsArticles(): Article[] {
  const lines = readFileSync(join(SHARED, 'data/news/bbc-news.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line): Article => JSON.parse(line));
}
