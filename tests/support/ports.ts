import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Below those that the system gives to whoever connects somewhere: these are taken at any moment. */
const FIRST = 10_000;
const LAST = 32_000;

/** A port of loopback that nothing listens on just now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => {
      done(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        done(true);
      });
    });
  });
}

/** @param said what the server wrote, for the error */
export async function untilItAnswers(port: number, said: () => string): Promise<void> {
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 200) throw new Error(`It does not answer. ${said()}`);
    await wait(50);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => {
      done(false);
    });
  });
}
