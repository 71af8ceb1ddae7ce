/** Settings that choose a model, each with the variables that may give its provider another address. */
const CHOICES = {
  EMBEDDINGS: ['OLLAMA_BASE_URL', 'OPENAI_BASE_URL'],
  LLM: ['LLM_BASE_URL', 'OLLAMA_BASE_URL', 'OPENAI_BASE_URL'],
  RERANKER: ['RERANKER_URL'],
} as const;

type Choice = keyof typeof CHOICES;

/** Which chosen models are asked beyond this machine and its network, as `NAME=value`. */
export function findTravellers(
  chosen: Readonly<Partial<Record<Choice, string | undefined>>>,
  environment: NodeJS.ProcessEnv,
): string[] {
  return (Object.keys(CHOICES) as Choice[]).flatMap((name) => {
    const spec = chosen[name] ?? '';
    return isNear(spec, findAddress(name, spec, environment)) ? [] : [`${name}=${spec}`];
  });
}

function isNear(spec: string, address: string | undefined): boolean {
  const [provider] = spec.split(':');
  if (!spec.includes(':') || provider === 'huggingface' || provider === 'gguf') return true;
  if (address === undefined) return provider === 'ollama';
  return URL.canParse(address) && isPrivate(new URL(address).hostname);
}

function findAddress(name: Choice, spec: string, environment: NodeJS.ProcessEnv): string | undefined {
  const own = spec.startsWith('ollama:') ? /^(?!OPENAI)/ : /^(?!OLLAMA)/;
  const variable = CHOICES[name].find((candidate) => own.test(candidate) && environment[candidate]);
  return variable && environment[variable];
}

/** Loopback, private ranges, and names that only a local network resolves. */
function isPrivate(host: string): boolean {
  if (/^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^\[(?:::1|f[cd][\da-f:]+)\]$/.test(host)) return true;
  return !host.includes('.') ? !host.startsWith('[') : /\.(?:localhost|local|internal|lan)$/.test(host);
}
