import audit from './audit.json';
import bundles from './bundles.json';
import cases from './cases.json';
import channels from './channels.json';
import compose from './compose.json';
import contacts from './contacts.json';
import continuity from './continuity.json';
import failures from './failures.json';
import history from './history.json';
import inbox from './inbox.json';
import members from './members.json';
import overview from './overview.json';
import packages from './packages.json';
import reports from './reports.json';
import settings from './settings.json';
import shell from './shell.json';
import ui from './ui.json';
import vault from './vault.json';

/** The English catalogue, one namespace a room of the window. Every other language has these keys. */
export const en = {
  audit,
  bundles,
  cases,
  channels,
  compose,
  contacts,
  continuity,
  failures,
  history,
  inbox,
  members,
  overview,
  packages,
  reports,
  settings,
  shell,
  ui,
  vault,
} as const;

export type Catalogue = typeof en;
