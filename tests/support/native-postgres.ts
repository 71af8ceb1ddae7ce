import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseServer } from './pglite-server.ts';

const INSTALLED = '/usr/lib/postgresql';
const START_TIMEOUT_MS = 30_000;

/** Why no server can be started here; undefined where one can. */
export function whyNoPostgres(): string | undefined {
  return findBinaries()
    ? undefined
    : `No PostgreSQL with pgvector under ${INSTALLED}: see tests/support/install-pgvector.sh.`;
}

/** The newest version that has pgvector. */
function findBinaries(): string | undefined {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).toSorted((a, b) => Number(b) - Number(a)) : [];
  const found = versions.find(
    (version) =>
      existsSync(join(INSTALLED, version, 'bin/postgres')) &&
      existsSync(`/usr/share/postgresql/${version}/extension/vector.control`),
  );
  return found && join(INSTALLED, found, 'bin');
}

export interface NativeServer extends DatabaseServer {
  readonly port: number;
  readonly folder: string;
  /** An empty database; gives its address. */
  createDatabase(name: string): Promise<string>;
  /** Ends the process as a failure would, at once; `start` brings it back. */
  kill(): Promise<void>;
  /** Halts every process of the server, or lets them go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  start(): Promise<void>;
}

export interface NativeOptions {
  /** Settings of the server, as `name=value`. */
  readonly settings?: readonly string[];
  /** A folder made by `pg_basebackup`, in place of an empty one. */
  readonly folder?: string;
}

/** A PostgreSQL of its own on a free port of this machine, in a folder that is gone when it stops. */
export async function startNativePostgres({ settings = [], folder: given }: NativeOptions = {}): Promise<NativeServer> {
  const folder = given ?? (await initialise());
  const port = await findFreePort();
  const state: { child?: ChildProcess } = {};
  const url = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const start = async (): Promise<void> => {
    const options = [
      'fsync=off',
      'unix_socket_directories=',
      'listen_addresses=127.0.0.1',
      'max_connections=100',
      ...settings,
    ];
    const child = run('postgres', ['-D', folder, '-p', String(port), ...options.flatMap((option) => ['-c', option])]);
    state.child = child;
    await waitUntilReady(url('postgres'), child);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const { child } = state;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  await start();
  return {
    url: url('postgres'),
    port,
    folder,
    start,
    kill: () => end('SIGQUIT'),
    async signal(name) {
      const pids = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
      for (const pid of [pids, ...childrenOf(pids)]) signalProcess(Number(pid), name);
    },
    async createDatabase(name) {
      await execute(url('postgres'), `CREATE DATABASE ${name}`);
      return url(name);
    },
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Standby extends NativeServer {
  /** Becomes the primary. */
  promote(): Promise<void>;
}

/** A copy of a server that follows it; where it is synchronous, what the server has committed from now on, this one has too. */
export async function startStandby(primary: NativeServer, { isSynchronous = true } = {}): Promise<Standby> {
  const folder = makeServerFolder();
  const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', 'postgres'];
  await runToEnd('pg_basebackup', [...from, '-D', folder, '-R', '-X', 'stream', '-c', 'fast']);
  const standby = await startNativePostgres({ folder });
  if (isSynchronous) {
    // After the copy, which is not to wait for a standby of its own once it is promoted.
    await execute(primary.url, "ALTER SYSTEM SET synchronous_standby_names = '*'");
    await execute(primary.url, 'SELECT pg_reload_conf()');
  }
  return { ...standby, promote: () => runToEnd('pg_ctl', ['promote', '-D', folder]) };
}

/** One that ended meanwhile needs none. */
function signalProcess(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(parent: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === parent;
    } catch {
      return false;
    }
  });
}

/** A folder that only the user of the server may read. */
function makeServerFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-postgres-'));
  const { uid, gid } = serverUser();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

async function initialise(): Promise<string> {
  const folder = makeServerFolder();
  await runToEnd('initdb', [
    '-D',
    folder,
    '-U',
    'postgres',
    '-A',
    'trust',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);
  return folder;
}

/** @throws with what it printed when it fails. */
export async function runToEnd(program: string, argumentList: readonly string[]): Promise<void> {
  const child = run(program, argumentList);
  let printed = '';
  child.stderr?.on('data', (text: Buffer) => (printed += text.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}.\n${printed}`);
}

function run(program: string, argumentList: readonly string[]): ChildProcess {
  const options: SpawnOptions = { stdio: ['ignore', 'ignore', 'pipe'], cwd: tmpdir(), ...serverUser() };
  return spawn(join(findBinaries() ?? '', program), argumentList, options);
}

/** PostgreSQL refuses to run as root: there, it runs as the user that its packages make. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [, , uid, gid] = /^postgres:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  let printed = '';
  child.stderr?.on('data', (text: Buffer) => (printed = `${printed}${text.toString()}`.slice(-4000)));
  for (const deadlineMs = Date.now() + START_TIMEOUT_MS; Date.now() < deadlineMs && child.exitCode === null;) {
    try {
      return await execute(url, 'SELECT 1');
    } catch {
      await setTimeout(50);
    }
  }
  throw new Error(`PostgreSQL is not ready in time.\n${printed}`);
}

/** One statement on a connection of its own. */
export async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
