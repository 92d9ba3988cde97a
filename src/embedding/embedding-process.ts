import { serveTasks, taskData } from '../workers/serve-tasks.js';
import type { LocalModel } from './local-model.js';
import { SentenceEncoder } from './sentence-encoder.js';

const loading = SentenceEncoder.load(taskData<LocalModel>());
// A failure to load is the answer to each task, not an unhandled rejection before the first.
loading.catch(() => undefined);

serveTasks<string[]>(async (texts) => (await loading).encode(texts));
