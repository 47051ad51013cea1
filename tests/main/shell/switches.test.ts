import { describe, expect, it } from 'vitest';
import { forbiddenSwitch } from '../../../main/shell/switches.ts';

describe('a switch that opens the program to others is refused', () => {
  it.each([
    '--inspect',
    '--inspect=0.0.0.0:9229',
    '--inspect-brk',
    '--inspect-port=9230',
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--js-flags=--expose-gc',
    '--no-sandbox',
    '--disable-setuid-sandbox',
    '--disable-gpu-sandbox',
    '--load-extension=/tmp/x',
    '--proxy-server=127.0.0.1:8080',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--disable-web-security',
    '--single-process',
    '-inspect',
    '--INSPECT',
    '--require=/tmp/x.js',
  ])('%s', (given) => {
    expect(forbiddenSwitch(['--ozone-platform=x11', given])).toBe(given);
  });
});

describe('a harmless one is let through', () => {
  it.each(['--force-device-scale-factor=2', '--ozone-platform=wayland', '--lang=fr', '/home/a/b'])(
    '%s',
    (given) => {
      expect(forbiddenSwitch([given])).toBeUndefined();
    },
  );
});
