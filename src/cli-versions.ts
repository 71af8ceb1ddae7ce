import { loadConfig } from './config.ts';
import { ConfigurationError } from './errors.ts';
import type { Session } from './postgres.ts';

/** `versions`: lists the versions of the corpus in the database `STORE`, begins, publishes and drops them. */
export async function runVersions(
  [verb = 'list', name]: readonly string[],
  { empty }: { readonly empty: boolean },
): Promise<void> {
  const { STORE: url, STORE_TIMEOUT_MS: timeoutMs } = loadConfig();
  if (url === undefined) throw new ConfigurationError('Versions are kept in a database: set STORE.');
  const { createPostgres } = await import('./postgres.ts');
  const { migratePostgres } = await import('./postgres-migrations.ts');
  await migratePostgres(url);
  const postgres = createPostgres({ url, connections: 1, timeoutMs });
  const session = await postgres.openSession();
  try {
    process.stdout.write(await perform(session, { verb, name, empty }));
  } finally {
    await session.close();
    await postgres.close();
  }
}

interface Command {
  readonly verb: string;
  readonly name: string | undefined;
  readonly empty: boolean;
}

async function perform(session: Session, { verb, name, empty }: Command): Promise<string> {
  const versions = await import('./postgres-versions.ts');
  if (verb === 'list') {
    const listed = await versions.listVersions(session);
    return listed
      .map(
        ({ name: own, isPublished, documents, chunks, embedded, digest }) =>
          `${isPublished ? '*' : ' '} ${own}: ${documents} documents, ${chunks} chunks, ${embedded} with vectors, ${digest.slice(0, 12)}\n`,
      )
      .join('');
  }
  if (name === undefined) throw new ConfigurationError(`versions ${verb} needs a name.`);
  switch (verb) {
    case 'begin': {
      await versions.beginVersion(session, name, { empty });
      return `Begun, ${empty ? 'empty' : 'as a copy of what is published'}. Fill it: STORE_VERSION=${name} npm run ingest -- FOLDER\n`;
    }
    case 'publish': {
      const { before } = await versions.publishVersion(session, name);
      return `Published. Back: npm run versions -- publish ${before}\n`;
    }
    case 'drop': {
      await versions.dropVersion(session, name);
      return 'Dropped.\n';
    }
    default: {
      throw new ConfigurationError(`versions ${verb} is none of list, begin, publish and drop.`);
    }
  }
}
