import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';

export type Person = ValueOf<Contract['members']['list']>[number];
export type Role = Person['role'];

export const ROLES: readonly Role[] = ['officer', 'approver', 'auditor'];
