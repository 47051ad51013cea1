import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../main/adapters/sqlcipher/database.ts';
import { finishIntent, writeIntent } from '../../main/adapters/sqlcipher/intents.ts';
import { appendToLedger } from '../../main/adapters/sqlcipher/ledger-append.ts';
import { SqlLedgerStore } from '../../main/adapters/sqlcipher/ledger-store.ts';
import { composeOffice } from '../../main/compose.ts';
import {
  planAppend,
  tailOf,
  type Appended,
  type NewEntry,
  type Tail,
} from '../../main/domain/ledger/append.ts';
import { isKeysType } from '../../main/domain/ledger/authority.ts';
import { EntryType } from '../../main/domain/ledger/entry-types.ts';
import type { NodeReader, TreeNode } from '../../main/domain/ledger/merkle.ts';
import { readArmor } from '../../main/domain/pgp/armor.ts';
import { OpenpgpEngine } from '../../main/domain/pgp/openpgp-engine.ts';
import type { Act, Evidence, Opening } from '../../main/domain/vault/journal.ts';
import type { Signer } from '../../main/domain/vault/databases-port.ts';
import type { Effect } from '../../main/domain/vault/records.ts';
import { signerWith } from '../../main/domain/vault/signer.ts';
import { openSlot } from '../support/open-slot.ts';
import { BusyYears, US, type Peer } from './busy-years.ts';
import { Seeded } from './seeded.ts';

export const PASSPHRASE = 'a long passphrase for a bench';
const OTHERS = { officer: 'another long passphrase', auditor: 'the auditor has one too' } as const;
const YEARS = 5;
const DAY = 86_400_000;
const SEED = 20_260_601;
/** Steps of packages that one minute holds, so that times differ as they do in an office. */
const STEPS = 3;

const COUNTRIES = ['FR', 'SN', 'CI', 'DE', 'BE', 'MA', 'GB', 'CH', 'NG', 'NL', 'ES', 'TN'];
const NAMES = ['Amadou', 'Bente', 'Claire', 'Dmitri', 'Esi', 'Farid', 'Greta', 'Hugo', 'Inès'];
const BODIES = ['Court', 'Prosecutor', 'Financial Intelligence Unit', 'Ministry of Justice'];

const engine = new OpenpgpEngine();

/** Where a vault with a long ledger stands, and what there is to ask it for. */
export interface LongLedger {
  readonly folder: string;
  readonly stateFolder: string;
}

/**
 * Makes a vault of `entries` entries at least, in `root`: five years of work by two officers and an
 * auditor until now, with the same acts each time, under keys of its own. Entries, words, nodes,
 * checkpoints and what vault.db says was applied are written by the program's own code, a day in
 * one transaction. A vault that is there already is taken as it is.
 */
export async function longLedger(root: string, entries: number): Promise<LongLedger> {
  const place = placeIn(root);
  if (existsSync(place.folder)) return place;
  const partial = `${root}.partial`;
  rmSync(partial, { recursive: true, force: true });
  await make(placeIn(partial), entries);
  renameSync(partial, root);
  return place;
}

function placeIn(root: string): LongLedger {
  return { folder: join(root, 'vault'), stateFolder: join(root, 'state') };
}

async function make(place: LongLedger, entries: number): Promise<void> {
  const end = Date.now();
  const time = new Time(end - YEARS * 365 * DAY);
  const draw = new Seeded(SEED);
  const peers = await begin(place, time, draw);
  const filler = await Filler.of(place.folder, time, new BusyYears(draw, peers));
  try {
    await filler.fill(entries, end);
  } finally {
    filler.close();
  }
}

class Time {
  #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  readonly now = (): Date => new Date(this.#at);

  /** Goes on to a moment, never back. */
  to(at: number): void {
    this.#at = Math.max(this.#at, at);
  }
}

/** The vault with its people and the certificates of those whom it deals with. */
async function begin(
  { folder, stateFolder }: LongLedger,
  time: Time,
  draw: Seeded,
): Promise<Peer[]> {
  const office = composeOffice({ stateFolder, clock: time });
  const { open } = await office.create({
    organisation: US.organisation,
    country: US.country,
    folder,
    name: 'Aïssatou Ndiaye',
    email: 'officer@justice.example',
    passphrase: PASSPHRASE,
    profile: 'interop',
  });
  try {
    const others: Peer[] = [];
    for (const [at, country] of COUNTRIES.entries()) {
      time.to(time.now().getTime() + 60_000);
      const peer = await meet(`${draw.pick(NAMES)} ${country}`, at, country, time);
      const { certificate, organisation } = peer;
      await open.contacts.add({ certificate, via: 'file', organisation, country });
      await open.contacts.verify(peer.fingerprint, 'video', undefined);
      others.push(peer);
    }
    for (const role of ['officer', 'auditor'] as const)
      await open.members.add({
        role,
        name: role === 'officer' ? 'Bakary Sow' : 'Clémence Audit',
        email: `${role}.two@justice.example`,
        passphrase: OTHERS[role],
      });
    return others;
  } finally {
    await office.lock('quit');
  }
}

async function meet(name: string, at: number, country: string, time: Time) {
  const email = `peer${String(at)}@court.example`;
  const key = await engine.makeKey({ name, email, profile: 'interop', at: time.now() });
  const organisation = `${BODIES[at % BODIES.length] ?? ''} ${country}`;
  return {
    name,
    country,
    organisation,
    fingerprint: key.secret.fingerprint,
    certificate: key.certificate.bytes,
    sign: async (bytes: Uint8Array, when: Date) =>
      readArmor(await engine.sign(bytes, key.secret, when)).bytes,
  };
}

/** Fills a vault that nobody has open. */
class Filler {
  readonly #ledger: Database;
  readonly #vault: Database;
  readonly #store: SqlLedgerStore;
  readonly #time: Time;
  readonly #years: BusyYears;
  readonly #officers: readonly Signer[];
  readonly #auditor: Signer;
  readonly #edge: Edge;
  #tail: Tail;

  private constructor(
    databases: { ledger: Database; vault: Database },
    time: Time,
    years: BusyYears,
    [first, second, auditor]: readonly [Signer, Signer, Signer],
  ) {
    this.#ledger = databases.ledger;
    this.#vault = databases.vault;
    this.#store = new SqlLedgerStore(databases.ledger);
    this.#time = time;
    this.#years = years;
    this.#officers = [first, first, second];
    this.#auditor = auditor;
    this.#edge = new Edge(this.#store);
    const keys = EntryType.options.filter(isKeysType);
    this.#tail = tailOf(
      this.#store.entry(this.#store.size() - 1),
      this.#store.query({ types: keys, order: 'ascending' }),
    );
  }

  static async of(folder: string, time: Time, years: BusyYears): Promise<Filler> {
    const signer = async (passphrase: string, role: 'officer' | 'auditor') => {
      const { keys, own } = await openSlot(folder, passphrase);
      const [key] = own;
      if (!key) throw new Error('a member without a key');
      return { keys, signer: signerWith(key, role, { engine, clock: time }) };
    };
    const first = await signer(PASSPHRASE, 'officer');
    const second = await signer(OTHERS.officer, 'officer');
    const auditor = await signer(OTHERS.auditor, 'auditor');
    const open = (file: string, keys: readonly Uint8Array[]) => {
      const database = openDatabase(join(folder, file), keys[0] ?? new Uint8Array());
      // Nobody has anything to lose yet: what makes each day durable is not what is measured.
      database.pragma('synchronous = OFF');
      return database;
    };
    return new Filler(
      { ledger: open('ledger.db', first.keys.l), vault: open('vault.db', first.keys.v) },
      time,
      years,
      [first.signer, second.signer, auditor.signer],
    );
  }

  /** Work days until `end`, until there are so many entries. */
  async fill(entries: number, end: number): Promise<void> {
    const begin = this.#time.now().getTime();
    const days = Math.floor((end - begin) / DAY);
    const before = this.#tail.size;
    for (let day = 1; day <= days; day += 1) {
      const morning = Math.floor(begin / DAY + day) * DAY + 8 * 3_600_000;
      const goal = before + Math.ceil(((entries - before) * day) / days);
      const signer =
        day % 90 === 0
          ? this.#auditor
          : this.#officers[Math.floor(day / 2) % this.#officers.length];
      if (signer) await this.#day(signer, morning, goal);
    }
  }

  async #day(signer: Signer, morning: number, goal: number): Promise<void> {
    const before = this.#tail;
    const batch = new Batch();
    const add = (at: number, step: Parameters<Batch['take']>[0]) => {
      this.#time.to(at);
      const { actor } = signer;
      const now = this.#time.now();
      const planned = planAppend(this.#edge, this.#tail, step.acts, actor, now);
      this.#edge.grow(planned.nodes);
      this.#tail = planned.tail;
      batch.take(step, planned.entries, planned.nodes, planned.checkpoint);
    };
    add(morning, { acts: [{ type: 'unlocked', detail: { via: 'passphrase' } }] });
    const wanted = goal - this.#tail.size - 1;
    if (signer.actor.role === 'officer')
      for (let done = 0; done < wanted;) {
        const at = morning + Math.floor((9 * 3_600_000 * done) / wanted);
        this.#time.to(at);
        const steps = [];
        for (let count = 0; count < STEPS && done < wanted; count += 1) {
          const step = await this.#years.step(this.#time.now(), signer.actor.fingerprint);
          done += step.acts.length;
          steps.push(step);
        }
        add(at, {
          acts: steps.flatMap(({ acts }) => acts),
          openings: steps.flatMap(({ openings = [] }) => openings),
          evidence: steps.flatMap(({ evidence = [] }) => evidence),
          effects: steps.flatMap(({ effects = [] }) => effects),
        });
      }
    add(morning + 10 * 3_600_000, { acts: [{ type: 'locked', detail: { reason: 'idle' } }] });
    const signature = await signer.sign(batch.checkpoint);
    appendToLedger(this.#ledger, before, batch.appended(this.#tail), signature, batch);
    this.#apply(batch.effects);
  }

  #apply(effects: readonly Effect[]): void {
    const intent = {
      // The last entry is all that it needs to know.
      first: this.#tail.size,
      entries: [],
      effects,
      renames: [],
      removals: [],
    };
    const id = writeIntent(this.#vault, intent);
    finishIntent(this.#vault, { ...intent, id }, this.#tail.origin ?? '');
  }

  close(): void {
    for (const database of [this.#ledger, this.#vault]) {
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    }
  }
}

/** What a day brings, as one commit. */
class Batch {
  readonly entries: NewEntry[] = [];
  readonly nodes: TreeNode[] = [];
  readonly openings: Opening[] = [];
  readonly evidence: Evidence[] = [];
  readonly effects: Effect[] = [];
  checkpoint = '';

  appended(tail: Tail): Appended {
    const { entries, nodes, checkpoint } = this;
    return { entries, nodes, checkpoint, tail };
  }

  take(
    step: {
      readonly acts: readonly Act[];
      readonly openings?: readonly Opening[];
      readonly evidence?: readonly Evidence[];
      readonly effects?: readonly Effect[];
    },
    entries: readonly NewEntry[],
    nodes: readonly TreeNode[],
    checkpoint: string,
  ): void {
    this.entries.push(...entries);
    this.nodes.push(...nodes);
    this.openings.push(...(step.openings ?? []));
    this.evidence.push(...(step.evidence ?? []));
    this.effects.push(...(step.effects ?? []));
    this.checkpoint = checkpoint;
  }
}

/** The complete subtrees at the right edge of the tree: all that an append asks for. */
class Edge implements NodeReader {
  readonly #stored: NodeReader;
  readonly #last: TreeNode[] = [];

  constructor(stored: NodeReader) {
    this.#stored = stored;
  }

  node(level: number, index: number): Uint8Array | undefined {
    const last = this.#last[level];
    return last?.index === index ? last.hash : this.#stored.node(level, index);
  }

  grow(nodes: readonly TreeNode[]): void {
    for (const node of nodes) if (node.index % 2 === 0) this.#last[node.level] = node;
  }
}
