import type { DatabasesProperties } from '../../src/spec/schema-properties';
import { BRONZE_PREFIX, CONTROL_KEY, FAILED_BATCHES_PREFIX, LAYERS, REJECTED_PREFIX, type Layer } from '../../src/spec/storage-layout';
import type { DatabaseCatalog } from '../ports/database-catalog';
import type { ObjectStore } from '../ports/object-store';

const DESCRIPTIONS: { readonly [layer in Layer]: string } = {
  bronze: 'Change logs of the source tables, as they came',
  silver: 'Current items of the source tables, typed and enriched',
  gold: 'Aggregates for dashboards',
  bookkeeping: 'What the pipeline remembers about its own runs; not for reading',
};

export interface DatabasesDependencies {
  readonly catalog: DatabaseCatalog;
  readonly store: ObjectStore;
  readonly names: { readonly [layer in Layer]: string };
}

export interface DatabasesReport {
  readonly created: readonly string[];
  /** Were left by an earlier deploy, and are this pipeline's again. */
  readonly adopted: readonly string[];
}

/** Databases of these names belong to another lake; nothing has been touched. */
export class DatabasesTakenError extends Error {
  public readonly name = 'DatabasesTakenError';
}

/**
 * The Glue databases of a pipeline. A database belongs to the bucket in which its tables lie: those that an earlier deploy has left
 * are taken over together with the bucket, and never without it.
 */
export class Databases {
  /** The bucket, as databases remember it. */
  private readonly owner: string;

  public constructor(private readonly dependencies: DatabasesDependencies) {
    this.owner = dependencies.store.uri('');
  }

  /** Creates what is missing and adopts what was left. Doing it again changes nothing. Throws DatabasesTakenError. */
  public async prepare(): Promise<DatabasesReport> {
    const { catalog, names } = this.dependencies;
    const found = await Promise.all(LAYERS.map(async layer => ({ layer, name: names[layer], database: await catalog.find(names[layer]) })));
    const strangers = await Promise.all(found.map(({ name, database }) => database ? this.elsewhere(name) : undefined));
    const taken = found.flatMap(({ name }, index) => strangers[index] === undefined ? [] : [{ name, place: strangers[index] }]);
    if (taken.length > 0) throw new DatabasesTakenError(takenMessage(taken, this.owner));

    const missing = found.filter(({ database }) => !database);
    const left = found.filter(({ database }) => database && database.owner !== this.owner);
    await Promise.all([
      ...missing.map(({ name, layer }) => catalog.create(name, DESCRIPTIONS[layer], this.owner)),
      ...left.map(({ name }) => catalog.setOwner(name, this.owner)),
    ]);
    return { created: missing.map(({ name }) => name), adopted: left.map(({ name }) => name) };
  }

  /**
   * What is done when the pipeline is taken away, or when its first deploy fails. Databases with data stay unless they are to be
   * deleted; those of a lake that never saw a change go in any case, or the next deploy would find them without their bucket.
   */
  public async release(removal: DatabasesProperties['removal']): Promise<readonly string[]> {
    const { catalog, names } = this.dependencies;
    if (removal === 'keep' && await this.hasSeenChanges()) return [];
    const found = await Promise.all(LAYERS.map(async layer => ({ name: names[layer], database: await catalog.find(names[layer]) })));
    const own = found.filter(({ database }) => database?.owner === this.owner).map(({ name }) => name);
    await Promise.all(own.map(name => catalog.delete(name)));
    return own;
  }

  /** Where the first table of a database lies that is not in this pipeline's bucket. */
  private async elsewhere(database: string): Promise<string | undefined> {
    return (await this.dependencies.catalog.locations(database)).find(location => !location.startsWith(this.owner));
  }

  private async hasSeenChanges(): Promise<boolean> {
    const { store } = this.dependencies;
    // The journal tells of Silver runs long after their Bronze files may have expired.
    for (const prefix of [CONTROL_KEY, BRONZE_PREFIX, REJECTED_PREFIX, FAILED_BATCHES_PREFIX]) {
      for await (const _ of store.list(prefix)) return true;
    }
    return false;
  }
}

function takenMessage(taken: readonly { readonly name: string; readonly place: string }[], owner: string): string {
  const buckets = [...new Set(taken.map(({ place }) => bucketOf(place)))];
  return [
    `the deploy is refused and nothing has been touched: this pipeline's bucket is ${bucketOf(owner)}, but`,
    ...taken.map(({ name, place }) => `- the Glue database ${name} exists, and its tables lie in ${bucketOf(place)}`),
    'Fix, one of these:',
    ...buckets.map(bucket => `- an earlier deploy of this pipeline has left them: go on with its data, bucket: Bucket.fromBucketName(this, 'Lake', '${bucket}')`),
    '- another pipeline has this name in this account and region: give this one another `name`',
    '- nobody needs the data: delete these databases in Glue, and deploy again',
  ].join('\n');
}

function bucketOf(location: string): string {
  return /^[a-z0-9]+:\/\/([^/]*)/.exec(location)?.[1] ?? location;
}
