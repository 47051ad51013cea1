import type { Files } from '../../domain/files.ts';
import type { Carrier, Carriers } from '../../domain/transfers/carrier-port.ts';
import type { ChannelRecord } from '../../domain/transfers/records.ts';
import { EmailCarrier } from './email.ts';
import { FolderCarrier } from './folder.ts';
import { SftpCarrier } from './sftp.ts';
import { WebdavCarrier } from './webdav.ts';

/** Every kind of channel, each by its own adapter. */
export class NodeCarriers implements Carriers {
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  open(channel: ChannelRecord, signal?: AbortSignal): Promise<Carrier> {
    switch (channel.kind) {
      case 'folder':
        return FolderCarrier.open(channel.path, this.#files);
      case 'sftp':
        return SftpCarrier.open(channel, this.#files, signal);
      case 'webdav':
        return Promise.resolve(new WebdavCarrier(channel, this.#files));
      case 'email':
        return Promise.resolve(new EmailCarrier(channel, this.#files, signal));
    }
  }
}
