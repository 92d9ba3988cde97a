import { Command } from 'commander';
import type { Akin } from '../akin.js';
import { RemoteAkin } from '../client/remote-akin.js';
import type { Config } from '../config.js';
import { AkinError, errorCode } from '../errors.js';
import { DEFAULT_MODEL } from '../ingest/check-fingerprint.js';
import type { ModelChoice } from '../maintenance/model-switch.js';
import { readOwner, readOwnerKey } from '../storage/owner.js';
import { ExitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { jobProgress, progressLine } from './progress.js';
import { configOf, type Format, formatOf, print } from './session.js';

/** What became of a change of models. */
interface Outcome {
  status: 'succeeded' | 'failed' | 'cancelled';
  model: string;
  passages: number;
}

/** `akin reembed` */
export function reembedCommand(): Command {
  return new Command('reembed')
    .description(
      'embed all passages with the model that the settings name; until it is done, the old one serves',
    )
    .option('--dtype <type>', 'int8 or float32 (AKIN_DTYPE)')
    .action(async (_options: object, command: Command) => {
      const config = configOf(command, ['dtype']);
      const outcome = await reembed(config);
      report(outcome, formatOf(command));
      process.exitCode = outcome.status === 'succeeded' ? ExitCode.Done : ExitCode.Failed;
    });
}

async function reembed(config: Config): Promise<Outcome> {
  const { model, dtype, pooling, queryPrefix, passagePrefix } = config;
  const interrupted = interruption();
  if (config.database !== null) return reembedOnServer(config, interrupted);
  try {
    const draw = progressLine();
    let passages = 0;
    const { reembedFolder } = await import('../maintenance/model-switch.js');
    await reembedFolder(config, {
      isStopped: () => interrupted.aborted,
      onProgress: (done, total) => {
        passages = done;
        draw(`${done} of ${total} passages`, { last: done >= total });
      },
    });
    return { status: interrupted.aborted ? 'cancelled' : 'succeeded', model, passages };
  } catch (error) {
    const address = readOwner(config.index)?.address;
    if (errorCode(error) !== 'INDEX_LOCKED' || !address) throw error;
    const server = new RemoteAkin(address, readOwnerKey(config.index));
    const choice = { model, dtype, pooling, queryPrefix, passagePrefix };
    return reembedBy(server, choice, interrupted);
  }
}

/** On a database any process can do it, and this one does. */
async function reembedOnServer(config: Config, interrupted: AbortSignal): Promise<Outcome> {
  const { model, dtype, pooling, queryPrefix, passagePrefix } = config;
  // Opened with the model that the index has.
  const { openAkin } = await import('../open.js');
  const akin = await openAkin({ config: { ...config, ...DEFAULT_MODEL } });
  try {
    return await reembedBy(akin, { model, dtype, pooling, queryPrefix, passagePrefix }, interrupted);
  } finally {
    await akin.close();
  }
}

async function reembedBy(
  akin: Pick<Akin, 'reembed'>,
  choice: ModelChoice,
  signal: AbortSignal,
): Promise<Outcome> {
  const job = await akin.reembed(choice, { onProgress: jobProgress(), signal });
  const [failure] = job.errors;
  if (failure) throw new AkinError('EMBEDDING_FAILED', failure.detail);
  const status = job.status === 'cancelled' ? 'cancelled' : 'succeeded';
  return { status, model: choice.model, passages: job.counts.done };
}

function report(outcome: Outcome, format: Format): void {
  const { status, model, passages } = outcome;
  const human = (): string =>
    status === 'cancelled'
      ? `${passages} passages; interrupted, the next run goes on from here`
      : `${passages} passages are embedded with ${model}, which serves from now on.`;
  print(format, { whole: outcome, parts: [outcome], human });
}
