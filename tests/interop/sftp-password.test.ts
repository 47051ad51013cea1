import { chmodSync, chownSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { Proftpd, SFTP_PASSWORD, SFTP_USER } from '../support/proftpd.ts';

interface Exchanged {
  taken: { id: string }[];
  sent: object[];
  refused: { fileName: string; code: string; message: string }[];
}

/** Two offices exchange over a real ProFTPD, which lets them in by password. */
const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');
const { sealed } = new ChannelWork(sender, receiver);
let server: Proftpd;

const add = (office: CliOffice, name: string, passwordFile: string) =>
  office.ok(
    ...['channel', 'add', '--file'],
    place.json(`${name}.json`, {
      ...{ name, kind: 'sftp', host: '127.0.0.1', port: server.port, user: SFTP_USER },
      ...{ path: server.share, passwordFile },
    }),
  );

beforeAll(async () => {
  for (const office of [sender, receiver]) office.init();
  acquainted(place, sender, receiver);
  place.write('password', `${SFTP_PASSWORD}\n`);
  place.write('wrong', 'not the password\n');
  server = await Proftpd.start(place.path('proftpd'));
  for (const office of [sender, receiver]) add(office, 'server', 'password');
});
afterAll(async () => {
  await server.stop();
  place.clean();
});

it('a package goes there, is fetched, and its receipts come back', () => {
  expect(sender.ok('channel', 'test', 'server')).toMatchObject({ ok: true });
  const { id, fileName } = sealed(500_000);
  sender.ok('package', 'send', id, '--channel', 'server');
  expect(readdirSync(server.share)).toEqual([fileName]);
  expect(receiver.ok<Exchanged>('exchange').taken).toMatchObject([{ id }]);
  receiver.ok('package', 'accept', id);
  receiver.ok('exchange');
  sender.ok('exchange');
  expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'accepted' });
});

it('a wrong password is told as that, and what was to be sent waits', () => {
  add(sender, 'stranger', 'wrong');
  const { id } = sealed(1000);
  const { code, json } = sender.run<{ error: { code: string; message: string } }>(
    ...['package', 'send', id, '--channel', 'stranger'],
  );
  expect([code, json.error.code]).toEqual([5, 'carrier-refused']);
  expect(json.error.message).toContain(`does not let ${SFTP_USER} in`);
  expect(sender.ok('queue', 'list')).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ package: id, state: 'waiting', problem: 'carrier-refused' }),
    ]) as unknown,
  });
  expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'sealed' });
  sender.ok('channel', 'remove', 'stranger');
});

it('a file that may not be read there keeps no other from coming', () => {
  const packages = [sealed(1000), sealed(1000)];
  for (const { id } of packages) sender.ok('package', 'send', id, '--channel', 'server');
  const [shut] = packages;
  const path = join(server.share, shut?.fileName ?? '');
  const { uid, gid } = statSync(path);
  chownSync(path, 0, 0);
  chmodSync(path, 0o600);
  const { code, json } = receiver.run<Exchanged>('exchange');
  expect(code).toBe(4);
  expect(json).toMatchObject({
    taken: [{ id: packages[1]?.id }],
    refused: [{ fileName: shut?.fileName, code: 'carrier-file-denied' }],
  });
  expect(json.refused[0]?.message).toContain('permission denied');
  // Made anew for whom the server serves: nothing has to be done here.
  const bytes = readFileSync(path);
  writeFileSync(path, bytes);
  chownSync(path, uid, gid);
  expect(receiver.ok<Exchanged>('exchange').taken).toMatchObject([{ id: shut?.id }]);
});
