import { DomainError } from '../domain/errors/index.ts';
import { requireEvent, type PackageRecord } from '../domain/packages/package.ts';
import type { PackageEvent } from '../domain/packages/states.ts';
import type { Desk } from './desk.ts';

/** @throws DomainError `package-unknown` */
export function packageRecord({ session }: Desk, id: string): PackageRecord {
  const record = session.records.get('packages', id);
  if (!record) throw new DomainError('package-unknown', { id });
  return record;
}

/** The channel that a package came by, or went by: what is said about it goes the same way. */
export function channelOf({ session }: Desk, id: string): string | undefined {
  return session.records
    .list('outgoing', { where: { package: id } })
    .find(({ channel }) => channel !== undefined)?.channel;
}

/** The package, when where it stands allows `event`. @throws DomainError `package-unknown`, `package-state` */
export function packageFor(desk: Desk, id: string, event: PackageEvent): PackageRecord {
  const record = packageRecord(desk, id);
  requireEvent(record, event);
  return record;
}
