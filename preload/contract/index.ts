import { app } from './app.ts';
import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { bundles } from './bundles.ts';
import { cases } from './cases.ts';
import { contacts } from './contacts.ts';
import { exchange } from './exchange.ts';
import { files } from './files.ts';
import { inbox } from './inbox.ts';
import { keys } from './keys.ts';
import type { BridgeOf, EventName } from './kinds.ts';
import { ledger } from './ledger.ts';
import { members } from './members.ts';
import { overview } from './overview.ts';
import { packages } from './packages.ts';
import { reports } from './reports.ts';
import { samples } from './samples.ts';
import { tables } from './tables.ts';
import { vault } from './vault.ts';
import { vocabularies } from './vocabularies.ts';
import { work } from './work.ts';

/** Everything that can cross between the window and the rest. */
export const contract = {
  app,
  files,
  vault,
  keys,
  members,
  contacts,
  cases,
  packages,
  approvals,
  inbox,
  exchange,
  ledger,
  audit,
  bundles,
  overview,
  reports,
  samples,
  tables,
  vocabularies,
  work,
} as const;
export type Contract = typeof contract;

/** `window.valise`. */
export type Bridge = BridgeOf<Contract>;
export type ContractEvent = EventName<Contract>;
