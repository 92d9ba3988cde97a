import { element } from '../element.js';
import { createSparkline, drawSparkline, type Series } from './sparkline.js';

/** A number with its name, and how it went. */
export interface Tile {
  node: HTMLElement;
  set(words: string, series?: Series): void;
}

/** How many numbers a picture shows at the most: five minutes of them. */
export const SAMPLES = 150;
/** It is so many wide from the beginning, so that its first lines can be seen. */
const FEWEST = 30;

/** @param explanation what the number means, for who has never met it */
export function createTile(name: string, explanation: string, hasSeries = false): Tile {
  const value = element('dd', { class: 'tile-value' }, '–');
  const sparkline = hasSeries ? createSparkline() : null;
  const node = element(
    'div',
    { class: 'tile' },
    element('dt', { class: 'small-heading' }, name),
    value,
    sparkline === null ? null : element('dd', { class: 'tile-line' }, sparkline),
    element('dd', { class: 'quiet' }, explanation),
  );
  return {
    node,
    set(words, series) {
      if (value.textContent !== words) value.textContent = words;
      if (sparkline !== null && series) drawSparkline(sparkline, series, Math.max(FEWEST, series.length));
    },
  };
}
