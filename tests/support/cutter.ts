import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './ports.ts';

/** Stands before a server, and cuts every connection after so many bytes, until told otherwise. */
export class Cutter {
  readonly port: number;
  readonly #server: Server;
  /** Bytes from the client after which the line is cut; undefined: never. */
  after: number | undefined;
  /** Bytes from the server after which it is cut. */
  afterBack: number | undefined;
  /** Bytes from the client after which the server's next word is lost, and the line with it. */
  deafAfter: number | undefined;
  /** Bytes from the client after which nothing passes any more, either way, and no line is cut. */
  stillAfter: number | undefined;
  /** Bytes that came from the server. */
  back = 0;
  cuts = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async before(target: number): Promise<Cutter> {
    const port = await freePort();
    const server = createServer();
    const cutter = new Cutter(server, port);
    server.on('connection', (near: Socket) => {
      const far = connect(target, '127.0.0.1');
      let passed = 0;
      const isStill = () => cutter.stillAfter !== undefined && passed > cutter.stillAfter;
      const end = () => {
        near.destroy();
        far.destroy();
      };
      near.on('data', (bytes) => {
        passed += bytes.length;
        if (isStill()) return;
        if (cutter.after === undefined || passed <= cutter.after) {
          if (!far.write(bytes)) {
            near.pause();
            far.once('drain', () => near.resume());
          }
          return;
        }
        cutter.cuts += 1;
        end();
      });
      let back = 0;
      far.on('data', (bytes) => {
        if (isStill()) return;
        back += bytes.length;
        cutter.back += bytes.length;
        const isDeaf = cutter.deafAfter !== undefined && passed > cutter.deafAfter;
        if (!isDeaf && (cutter.afterBack === undefined || back <= cutter.afterBack)) {
          near.write(bytes);
          return;
        }
        cutter.cuts += 1;
        end();
      });
      for (const side of [near, far]) side.on('error', end).on('close', end);
    });
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return cutter;
  }

  stop(): void {
    this.#server.close();
  }
}
