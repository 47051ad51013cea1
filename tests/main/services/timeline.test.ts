import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256Hex } from '../../../main/domain/digest.ts';
import { readArmor } from '../../../main/domain/pgp/armor.ts';
import type { NewKey } from '../../../main/domain/pgp/engine.ts';
import { newId } from '../../../main/domain/new-id.ts';
import { encodeReceipt } from '../../../main/domain/transfers/receipt.ts';
import type { Evidence } from '../../../main/domain/vault/journal.ts';
import type { OpenVault } from '../../../main/domain/vault/open-vault.ts';
import { Contacts } from '../../../main/services/contacts.ts';
import { History } from '../../../main/services/history.ts';
import { Timeline } from '../../../main/services/timeline.ts';
import { Bench } from '../../support/vault-bench.ts';

let bench: Bench;
let session: OpenVault;
let bruno: NewKey;
let id: string;
const manifest = 'b'.repeat(64);
const sealed = 'c'.repeat(64);

const timeline = () => {
  const desk = bench.desk(session);
  return new Timeline(desk, new History(desk)).of(id);
};

beforeEach(async () => {
  bench = new Bench();
  ({ session } = await bench.create());
  id = newId(bench.clock, bench.random);
  bruno = await bench.engine.makeKey({
    name: 'Bruno Keller',
    email: 'bruno@keller.example',
    profile: 'interop',
    at: bench.clock.now(),
  });
  await new Contacts(bench.desk(session)).add({
    certificate: bruno.certificate.bytes,
    via: 'file',
    name: 'Bruno Keller',
  });
  bench.later(60);
  await session.journal.commit({
    acts: [
      {
        type: 'frozen',
        subject: { package: id, manifest },
        detail: { recipients: [bruno.secret.fingerprint] },
      },
      { type: 'dispatched', subject: { package: id, manifest }, detail: { via: 'hand' } },
    ],
  });
});
afterEach(async () => {
  await session.close();
  bench.end();
});

/** A receipt of Bruno's comes in; `over` are the bytes that he truly signed. */
async function hear(kind: 'delivered' | 'accepted', at: string, over?: Uint8Array): Promise<void> {
  const { fingerprint } = bruno.secret;
  const bytes = encodeReceipt({
    format: 'valise.receipt/1',
    id: newId(bench.clock, bench.random),
    kind,
    packageId: id,
    manifestDigest: manifest,
    sealedDigest: sealed,
    at,
    by: { name: 'Bruno Keller', organisation: 'Keller SA', country: 'FR', fingerprint },
    witnessed: { result: 'none' },
  });
  const signature = readArmor(
    await bench.engine.sign(over ?? bytes, bruno.secret, bench.clock.now()),
  ).bytes;
  const evidence: Evidence = { sha256: sha256Hex(bytes), kind: 'receipt', bytes, signature };
  bench.later(60);
  await session.journal.commit({
    acts: [
      {
        type: 'receipt-in',
        subject: { package: id, manifest, sealed, contact: fingerprint },
        detail: {
          kind,
          receipt: evidence.sha256,
          by: fingerprint,
          at,
          witnessed: 'none',
        },
      },
    ],
    evidence: [evidence],
  });
}

it('has both sides in the order of time, each act with its signature', async () => {
  await hear('accepted', '2026-05-03T11:00:00Z');
  await hear('delivered', '2026-05-03T10:30:00Z');
  expect(await timeline()).toMatchObject([
    { type: 'frozen', side: 'ours', person: 'Amina Diallo', signature: 'signed' },
    { type: 'dispatched', side: 'ours', signature: 'signed' },
    {
      type: 'receipt-in',
      side: 'theirs',
      outcome: 'delivered',
      at: '2026-05-03T10:30:00Z',
      person: 'Bruno Keller',
      signature: 'receipt',
    },
    { type: 'receipt-in', outcome: 'accepted', at: '2026-05-03T11:00:00Z', signature: 'receipt' },
  ]);
});

it('says of a receipt that its signature does not hold', async () => {
  await hear('delivered', '2026-05-03T10:30:00Z', new TextEncoder().encode('something else'));
  expect((await timeline()).map(({ signature }) => signature)).toEqual([
    'signed',
    'signed',
    'failed',
  ]);
});

it('calls nothing signed under a checkpoint that somebody else signed', async () => {
  const { ledger } = session;
  const last = ledger.lastCheckpoint();
  if (!last) throw new Error('no checkpoint');
  const body = new TextEncoder().encode(last.body);
  const signature = await bench.engine.sign(body, bruno.secret, bench.clock.now());
  ledger.lastCheckpoint = () => ({ ...last, signature });
  expect((await timeline()).map((stamp) => stamp.signature)).toEqual(['failed', 'failed']);
  const shown = await new History(bench.desk(session)).entry(0);
  expect(shown.verified).toEqual({ chain: true, inclusion: true, checkpoint: false });
});

it('knows nothing of another package', async () => {
  id = newId(bench.clock, bench.random);
  expect(await timeline()).toEqual([]);
});
