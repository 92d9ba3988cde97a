import type { Command } from 'commander';
import { type FilterShorthands, filterOf } from '../search/filter-shorthands.js';
import { json, several } from './option-values.js';

/** The options that narrow down which documents are meant. */
export interface FilterOptions extends Pick<FilterShorthands, 'filter' | 'since' | 'until'> {
  source?: string[];
  tag?: string[];
}

export function addFilterOptions(command: Command): Command {
  return command
    .optionsGroup('Which documents:')
    .option('--source <name>', 'only from this source; may be given several times', several)
    .option('--tag <tag>', 'only with this tag; given several times, with all of them', several)
    .option('--since <date>', 'only published on this day or later: 2025-07-01')
    .option('--until <date>', 'only published on this day or before')
    .option('--filter <json>', 'only documents whose fields fit, such as {"source":"The Star"}', json);
}

/** The filter that these options give, as part of a request. */
export function filterPart({ filter, source, tag, since, until }: FilterOptions): { filter?: unknown } {
  const whole = filterOf({ filter, sources: source, tags: tag, since, until });
  return whole === undefined ? {} : { filter: whole };
}
