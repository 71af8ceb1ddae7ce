import type { AskTrace } from '../ask-trace.ts';

/** Times the stages of one question, and tells of each as it begins. */
export function createStopwatch(onStage: ((name: string) => void) | undefined): {
  time: <T>(name: string, run: () => Promise<T>) => Promise<T>;
  stages: () => AskTrace['stages'];
} {
  const stages: { name: string; durationMs: number }[] = [];
  return {
    async time(name, run) {
      onStage?.(name);
      const start = performance.now();
      const result = await run();
      stages.push({ name, durationMs: Math.round((performance.now() - start) * 100) / 100 });
      return result;
    },
    stages: () => stages,
  };
}
