import { Command } from 'commander';
import { RemoteAkin } from '../client/remote-akin.js';
import type { Config } from '../config.js';
import { AkinError, errorCode } from '../errors.js';
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
    const job = await server.reembed(choice, { onProgress: jobProgress(), signal: interrupted });
    const [failure] = job.errors;
    if (failure) throw new AkinError('EMBEDDING_FAILED', failure.detail);
    return {
      status: job.status === 'cancelled' ? 'cancelled' : 'succeeded',
      model,
      passages: job.counts.done,
    };
  }
}

function report(outcome: Outcome, format: Format): void {
  const { status, model, passages } = outcome;
  const human = (): string =>
    status === 'cancelled'
      ? `${passages} passages; interrupted, the next run goes on from here`
      : `${passages} passages are embedded with ${model}, which serves from now on.`;
  print(format, { whole: outcome, parts: [outcome], human });
}
