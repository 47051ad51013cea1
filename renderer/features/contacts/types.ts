import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';

export type Contact = ValueOf<Contract['contacts']['show']>;
export type CertificateFacts = Contact['facts'];
export type Published = ValueOf<Contract['contacts']['find']>;
export type Looked = ValueOf<Contract['contacts']['look']>;
export type Renewed = ValueOf<Contract['contacts']['renew']>[number];
