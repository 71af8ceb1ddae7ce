import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { SETTINGS } from '../../src/config.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const documentsOf = (path: string): unknown[] =>
  parseAllDocuments(read(path)).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as unknown;
  });

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
  readonly spec?: {
    readonly template?: { readonly metadata: { readonly labels: Record<string, string> }; readonly spec: PodSpec };
    readonly selector?: Record<string, string>;
  };
}
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}
interface PodSpec {
  readonly securityContext: { readonly runAsNonRoot: boolean };
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly {
    readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
    readonly startupProbe: Probe;
    readonly livenessProbe: Probe;
    readonly readinessProbe: Probe;
    readonly resources: { readonly limits: object; readonly requests: object };
    readonly securityContext: { readonly readOnlyRootFilesystem: boolean };
    readonly env?: readonly { readonly name: string; readonly value: string }[];
  }[];
}

const folder = 'deploy/kubernetes/';
const manifests = readdirSync(new URL(folder, ROOT)).flatMap((file) => documentsOf(folder + file) as Manifest[]);

const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
const envOf = (pod: PodSpec | undefined) => pod?.containers[0]?.env ?? [];

test('every setting that the manifests and the compose file give is one that there is', () => {
  const given = manifests
    .filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret')
    .flatMap(({ data = {}, stringData = {} }) => Object.keys({ ...data, ...stringData }));
  const [compose] = documentsOf('deploy/compose.yaml') as [
    { services: { app: { environment: Record<string, string> } } },
  ];
  given.push(...Object.keys(compose.services.app.environment));
  given.push(...deployments.flatMap(({ spec }) => envOf(spec?.template?.spec).map(({ name }) => name)));
  expect(given.length).toBeGreaterThan(4);
  expect(given.filter((name) => !SETTINGS.includes(name))).toEqual([]);
});

test.each(deployments)(
  'the probes of $metadata.name ask addresses that the program has, on the port of the image, as no root',
  ({ spec }) => {
    const pod = spec?.template?.spec;
    const [container] = pod?.containers ?? [];
    const probes = [container?.startupProbe, container?.livenessProbe, container?.readinessProbe];
    expect(probes.map((probe) => probe?.httpGet.path)).toEqual(['/healthz', '/healthz', '/readyz']);
    expect(probes.map((probe) => probe?.httpGet.port)).toEqual(['http', 'http', 'http']);
    expect(container?.ports).toEqual([{ name: 'http', containerPort: 3000 }]);
    expect(read('Dockerfile')).toMatch(/PORT=3000 /);
    expect(pod?.securityContext.runAsNonRoot).toBe(true);
    expect(container?.securityContext.readOnlyRootFilesystem).toBe(true);
    expect(container?.resources).toMatchObject({
      limits: { memory: expect.stringMatching(/^\dGi$/) as string },
      requests: { memory: '512Mi' },
    });
    // The program gives answers under way 25 seconds, after the ten in which balancers learn of it.
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(35);
  },
);

test('jobs are done by pods of their own, which no service leads to; the others answer', () => {
  const web = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'concordat');
  const workers = deployments.find(({ metadata }) => metadata.name === 'concordat-workers')?.spec?.template;
  const service = manifests.find(({ kind }) => kind === 'Service');
  expect(web?.data?.['INGEST_WORKERS']).toBe('0');
  expect(envOf(workers?.spec)).toEqual([{ name: 'INGEST_WORKERS', value: '4' }]);
  expect(workers?.metadata.labels).not.toMatchObject(service?.spec?.selector ?? {});
});

test('what the manifests list is there, and what the image copies too', () => {
  const [list] = documentsOf(`${folder}kustomization.yaml`) as [{ resources: string[] }];
  for (const file of list.resources) expect(existsSync(new URL(folder + file, ROOT))).toBe(true);
  const lines = read('Dockerfile').split('\n');
  const copied = lines.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(' ').slice(1, -1));
  const built = lines.flatMap((line) => /^COPY --from=build .*\/app\/(\S+) /.exec(line)?.[1] ?? []);
  const made = new Set(['node_modules', 'dist']);
  for (const path of [...copied, ...built].filter((name) => !made.has(name))) {
    expect([path, existsSync(new URL(path, ROOT))]).toEqual([path, true]);
  }
  expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
  expect(read('Dockerfile')).toContain('/healthz');
  expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['.env', '.git', 'node_modules']));
});

test('the balancer asks for /readyz on the port of the program', () => {
  const haproxy = read('deploy/haproxy.cfg');
  expect(haproxy).toContain('option httpchk GET /readyz');
  expect(haproxy).toContain('app:3000');
});
