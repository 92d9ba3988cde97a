import { descriptionOf, loadConfig, SETTING_NAMES, type SettingName, variableOf } from '../src/config.js';

const HEAD = `# Configuration

Made from the settings' own schema by \`npm run docs:references\`; a test holds them together.

A flag holds before the environment, that before \`akin.config.json\` in the working folder, that before the default.
\`akin config\` prints what holds and where it came from. A setting that is unknown or wrong stops the start and is named. In
\`akin.config.json\` settings stand by their names:

\`\`\`json
{ "index": "/var/lib/akin", "port": 8080, "corsOrigins": ["https://news.example"] }
\`\`\`

The flags are in [cli.md](cli.md). Sizes are in bytes, times in milliseconds.
`;

/** Defaults that are not the same everywhere, or say more in words. */
const IN_WORDS: Partial<Record<SettingName, string>> = {
  index: '`index`',
  corpus: 'none (`npm start`: `corpus`)',
  models: '`~/.cache/akin/models`',
  dtype: '`int8`; other models `float32`',
  threads: 'the number of processors',
  rateLimit: '600; for this machine alone any number',
  logLevel: '`info`; for this machine alone `warn`',
};

/** docs/configuration.md: every setting with its variable and its default. */
export function configurationReference(): string {
  const { config } = loadConfig({ environment: {}, folder: '/' });
  const rows = SETTING_NAMES.map((name) => {
    const shown = IN_WORDS[name] ?? valueText(config[name]);
    return `| \`${name}\` | \`${variableOf(name)}\` | ${shown} | ${descriptionOf(name)} |`;
  });
  return [HEAD, '| setting | variable | default | |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function valueText(value: unknown): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'none';
  return typeof value === 'number' ? String(value) : `\`${value}\``;
}
