import type { Config } from '../config.ts';
import type { QueueLimits } from './jobs.ts';

const MIB = 1024 * 1024;
/** As many of the largest files may wait. */
const LARGEST_FILES = 4;

export function queueLimits({ INGEST_QUEUE, INGEST_MAX_FILE_MB }: Config): QueueLimits {
  return { jobs: INGEST_QUEUE, bytes: LARGEST_FILES * INGEST_MAX_FILE_MB * MIB };
}
