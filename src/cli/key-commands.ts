import { Command, Option } from 'commander';
import type { AccessKey, AccessKeys, NewKey } from '../access/access-keys.js';
import { openKeys } from '../access/open-keys.js';
import { SCOPES } from '../access/scope.js';
import { AkinError } from '../errors.js';
import type { Awaitable } from '../storage/stored-index.js';
import { json } from './option-values.js';
import { configOf, formatOf, print } from './session.js';
import { harmless } from './text.js';

/** `akin keys` */
export function keyCommands(): Command {
  const create = new Command('create')
    .description('make a key, which is shown this once')
    .addOption(new Option('--scope <scope>', 'what it allows').choices(SCOPES).makeOptionMandatory())
    .option('--name <name>', 'who or what it is for')
    .option('--filter <json>', 'with scope read: the only documents that its holder sees', json)
    .action(async (options: NewKey, command: Command) => {
      const key = await withKeys(command, (keys) => keys.create(options));
      print(formatOf(command), { whole: key, parts: [key], human: () => key.key });
      console.error(`Key ${key.id}, scope ${key.scope}. It is not shown again: only its hash is kept.`);
    });

  const list = new Command('list')
    .description('list the keys, the oldest first, without what is secret of them')
    .action(async (_options: object, command: Command) => {
      const keys = await withKeys(command, (all) => all.list());
      print(formatOf(command), { whole: { keys }, parts: keys, human: () => keys.map(lineOf).join('\n') });
    });

  const revoke = new Command('revoke')
    .description('end a key: from now on nothing is answered with it')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      if (!(await withKeys(command, (keys) => keys.revoke(id)))) {
        throw new AkinError(
          'KEY_NOT_FOUND',
          `There is no key "${id}". akin keys list names those there are.`,
        );
      }
      print(formatOf(command), { whole: { revoked: id }, parts: [id], human: () => `${id} revoked` });
    });

  const keys = new Command('keys').description('make, list and revoke the keys by which a server is used');
  for (const command of [create, list, revoke]) keys.addCommand(command);
  return keys;
}

async function withKeys<Result>(
  command: Command,
  work: (keys: AccessKeys) => Awaitable<Result>,
): Promise<Result> {
  const { keys, close } = await openKeys(configOf(command));
  try {
    return await work(keys);
  } finally {
    await close();
  }
}

function lineOf({ id, scope, name, filter, createdAt }: AccessKey): string {
  const words = [name === null ? '' : harmless(name), filter === null ? '' : JSON.stringify(filter)];
  return [id, createdAt.slice(0, 19), scope.padEnd(5), ...words.filter(Boolean)].join('  ');
}
