import type { Config } from '../config.js';
import type { AccessKeys } from './access-keys.js';
import { KeyFolder } from './key-folder.js';

/** The keys of the index that the settings name, until they are closed. */
export async function openKeys(config: Config): Promise<{ keys: AccessKeys; close: () => Promise<void> }> {
  if (config.database === null) return { keys: new KeyFolder(config.index), close: async () => undefined };
  const { KeyTable } = await import('../postgres/key-table.js');
  const { connect } = await import('../postgres/connect.js');
  const database = await connect(config, { connections: 1 });
  return { keys: new KeyTable(database), close: () => database.close() };
}
