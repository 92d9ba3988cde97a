import { Command } from 'commander';
import { descriptionOf, loadConfig, SETTING_NAMES, variableOf } from '../config.js';
import { withoutPassword } from '../postgres/database-url.js';
import { formatOf, print } from './session.js';

/** `akin config` */
export function configCommand(): Command {
  return new Command('config')
    .description('print the settings that hold, where each came from, and the variable that sets it')
    .action((_options: object, command: Command) => {
      const { index, database, model, reranker } =
        command.optsWithGlobals<Record<string, string | undefined>>();
      const { config, origins } = loadConfig({ flags: { index, database, model, reranker } });
      const settings = SETTING_NAMES.map((name) => ({
        name,
        value: name === 'database' && config.database ? withoutPassword(config.database) : config[name],
        origin: origins[name],
        variable: variableOf(name),
        description: descriptionOf(name),
      }));
      print(formatOf(command), {
        whole: settings,
        parts: settings,
        human: () =>
          settings
            .map(
              ({ name, value, origin, variable }) =>
                `${name} = ${JSON.stringify(value)}  (${origin}; ${variable})`,
            )
            .join('\n'),
      });
    });
}
