/** Why two ledgers differ on a package: a key that never changes its meaning, and the sentence. */
export const REASONS = {
  'arrived-after-sender-end': 'It arrived after the end of the sender’s ledger.',
  'addressed-to-others': 'It arrived, but the sender addressed it to others.',
  'sender-lacks-it': 'It arrived, but the sender’s ledger does not have it.',
  'receipt-without-arrival':
    'The sender has a receipt “{kind}”, but the recipient’s ledger does not have the package.',
  'not-sent': 'It was sealed at {sealedAt}, but not sent yet.',
  'sent-after-recipient-end': 'It was sent after the end of the recipient’s ledger.',
  'never-arrived': 'It was sent at {sentAt}, but never arrived.',
  'receipt-not-taken-in': 'The sender has not taken in the recipient’s receipt “{kind}” yet.',
  'receipt-unknown': 'The sender has a receipt “{kind}” that the recipient’s ledger does not have.',
  'receipt-without-act':
    'A receipt says “{kind}”, but the recipient’s ledger does not have that act.',
  'recorded-not-said': 'The sender wrote down “{kind}”, which the recipient’s ledger does not say.',
  'recipient-ends-before': 'The recipient’s ledger ends before the sender’s last word on it.',
  'sender-part': 'The sender shows a part of its ledger, and in it not what this would need.',
  'recipient-part': 'The recipient shows a part of its ledger, and in it not what this would need.',
  'other-manifest': 'What arrived has another manifest than what was sealed.',
  'other-sealed-file': 'What arrived is another sealed file than the one that was sent.',
  'other-facts': 'The two ledgers do not say the same of what one manifest holds.',
  'arrived-before-sealed': 'It arrived at {arrivedAt}, before it was sealed at {sealedAt}.',
  'receipt-before-made':
    'The receipt “{kind}” was taken in at {takenInAt}, before it was made at {madeAt}.',
  'receipt-before-arrival':
    'The receipt “{kind}” stands before the arrival in the recipient’s ledger.',
} as const satisfies Record<string, string>;

export type Reason = keyof typeof REASONS;
export type ReasonParams = Readonly<Record<string, string>>;

/** The sentence of a reason. */
export function reasonText(reason: Reason, params: ReasonParams): string {
  return REASONS[reason].replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}
