import { DomainError } from '../../domain/errors/index.ts';
import type { EmailChannel } from '../../domain/transfers/records.ts';
import { reasonOf } from '../net/network-reasons.ts';

/** What the libraries for mail put on an error. */
interface MailError extends Error {
  readonly code?: string;
  /** What the system called it, when the library calls it otherwise. */
  readonly originalCode?: string;
  /** Of SMTP (RFC 5321, section 4.2). */
  readonly responseCode?: number;
  /** The step of SMTP that it answers. */
  readonly command?: string;
  readonly authenticationFailed?: boolean;
  readonly mailboxMissing?: boolean;
  /** Of IMAP: `NO`, `BAD`. */
  readonly responseStatus?: string;
}

const CUT = 'the connection was cut';
const SILENT = 'it does not answer';
const OPEN = 'it offers no encryption';
/** Codes of the libraries' own. */
const LOST: Readonly<Record<string, string>> = {
  ETIMEDOUT: SILENT,
  ETIMEOUT: SILENT,
  CONNECT_TIMEOUT: SILENT,
  GREETING_TIMEOUT: SILENT,
  UPGRADE_TIMEOUT: SILENT,
  ECONNECTION: CUT,
  NoConnection: CUT,
  EConnectionClosed: CUT,
  ClosedAfterConnectTLS: CUT,
  ClosedAfterConnectText: CUT,
  DownloadIncomplete: CUT,
  ETLS: OPEN,
};

const ANSWERS: Readonly<Record<number, string>> = {
  421: 'it takes nothing just now',
  450: 'the other mailbox takes nothing just now',
  452: 'it is full',
  550: 'it takes no mail for this address',
  553: 'it takes no mail for this address',
};

/** What a mail server, or the way to it, refused. @param where the server and its port */
export function mailFailure(error: unknown, channel: EmailChannel, where: string): DomainError {
  if (error instanceof DomainError) return error;
  const cause = { cause: error };
  const found: Partial<MailError> = error instanceof Error ? error : {};
  const { code = '', originalCode, responseCode, responseStatus } = found;
  if (found.authenticationFailed === true || code === 'EAUTH')
    return new DomainError('carrier-refused', { where, user: channel.user }, cause);
  const denied = (reason: string) => new DomainError('carrier-denied', { where, reason }, cause);
  if (found.mailboxMissing === true) return denied('there is no such folder or file');
  if (responseCode === 552 || (code === 'EMESSAGE' && responseCode === undefined))
    return new DomainError('carrier-too-large', { where }, cause);
  const isOpen = found.command === 'STARTTLS' || /STARTTLS/.test(found.message ?? '');
  if (responseCode !== undefined && found.command !== 'CONN' && !isOpen)
    return denied(ANSWERS[responseCode] ?? `it answers ${String(responseCode)}`);
  if (responseStatus === 'NO') return denied('it answers with a failure');
  const reason = isOpen ? OPEN : (known(originalCode) ?? LOST[code] ?? reasonOf(code));
  return new DomainError('carrier-unreachable', { where, reason }, cause);
}

const known = (code: string | undefined) => (code === undefined ? undefined : reasonOf(code));
