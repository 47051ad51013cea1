import { z } from 'zod';

/** Full fingerprint of a primary key, upper-case hex: 40 digits (v4) or 64 (v6). */
export type Fingerprint = string;
export const Fingerprint = z.string().regex(/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/);

/** Lower-case hex SHA-256. */
export type Digest = string;
export const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/** UUID version 7: packages, cases, members, receipts, vaults. */
export type Uuid = string;
export const Uuid = z.uuidv7();

/** A code from a vocabulary, kept as it came when unknown. */
export type Code = string;
export const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ./+_-]{0,47}$/);

/** ISO 3166-1 alpha-2. */
export type Country = string;
export const Country = z.string().regex(/^[A-Z]{2}$/);

/** What a member may do. The role in the signed ledger counts, not the one in a header. */
export type Role = z.infer<typeof Role>;
export const Role = z.enum(['officer', 'approver', 'auditor']);
