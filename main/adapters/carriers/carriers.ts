import type { Files } from '../../domain/files.ts';
import type { Carrier, Carriers } from '../../domain/transfers/carrier-port.ts';
import type { ChannelRecord } from '../../domain/transfers/records.ts';
import { FolderCarrier } from './folder.ts';

/**
 * Every kind of channel, each by its own adapter. What speaks a network's language is loaded when
 * the first channel of its kind is opened: every start of the program would take longer for it.
 */
export class NodeCarriers implements Carriers {
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  async open(channel: ChannelRecord, signal?: AbortSignal): Promise<Carrier> {
    switch (channel.kind) {
      case 'folder':
        return FolderCarrier.open(channel.path, this.#files);
      case 'sftp': {
        const { SftpCarrier } = await import('./sftp.ts');
        return SftpCarrier.open(channel, this.#files, signal);
      }
      case 'webdav': {
        const { WebdavCarrier } = await import('./webdav.ts');
        return new WebdavCarrier(channel, this.#files);
      }
      case 'email': {
        const { EmailCarrier } = await import('./email.ts');
        return new EmailCarrier(channel, this.#files, signal);
      }
    }
  }
}
