import type { ErrorText } from './index.ts';

/** Files, folders, channels, the inbox and receipts. */
export const exchangeErrors = {
  cancelled: { exit: 1, message: 'Stopped, as you asked. Nothing half-done was left behind.' },
  'input-refused': {
    exit: 1,
    message: '{what}: {where}: {problem}.',
    hint: 'Mend this place, then try again. Nothing was changed.',
  },
  'file-unknown': { exit: 1, message: 'There is no file at {path}.' },
  'table-unknown': {
    exit: 1,
    message: '{path} holds no table: neither CSV, nor JSON Lines, nor a JSON array of objects.',
  },
  'table-damaged': {
    exit: 1,
    message: 'Line or object {line} of the table {problem}. Nothing was written.',
  },
  'table-not-utf8': {
    exit: 1,
    message: 'The table is not in UTF-8. Nothing was written.',
    hint: 'Save it as UTF-8 first, so that no letter is changed.',
  },
  'rules-refused': {
    exit: 1,
    message: 'The column “{column}” {problem}. Nothing was written.',
  },
  'file-exists': {
    exit: 1,
    message: '{path} exists already, and nothing is ever written over it.',
    hint: 'Name another folder.',
  },
  'file-too-large': {
    exit: 1,
    message: '{path} is larger than the {limit} bytes that are read here.',
  },
  'folder-unknown': {
    exit: 5,
    message: 'The folder {path} cannot be reached. Nothing was sent or fetched.',
    hint: 'Connect the share or the stick, then try again.',
  },
  'read-only': {
    exit: 5,
    message: '{path} cannot be written to. Nothing was changed.',
    hint: 'Choose another place, or have the permission changed.',
  },
  'disk-full': {
    exit: 5,
    message: 'There is not enough space for {path}. Nothing was changed.',
    hint: 'Make room, then try again.',
  },
  'disk-failed': {
    exit: 5,
    message: '{path} could not be read or written ({reason}). Nothing half-done was left behind.',
  },
  'carrier-unreachable': {
    exit: 5,
    message: '{where} cannot be reached: {reason}. What was to be sent waits.',
    hint: 'Check the name and the network, then try again.',
  },
  'carrier-refused': {
    exit: 5,
    message: '{where} does not let {user} in with this password or key. What was to be sent waits.',
    hint: 'Ask who runs the server. Remove the channel and add it again with what is right.',
  },
  'carrier-host-changed': {
    exit: 4,
    message:
      '{where} is not the server that it was: its key is {found}, and {known} was expected. Nothing was sent, no password either.',
    hint: 'Ask who runs the server, by another way. If the key was changed by them, remove the channel and add it again.',
  },
  'carrier-denied': {
    exit: 5,
    message: '{where} does not allow it: {reason}. What was to be sent waits.',
    hint: 'The folder may be full, or not be yours to write to. Ask who runs the server.',
  },
  'carrier-file-changed': {
    exit: 5,
    message: '{path} at {where} was changed or taken away since one looked.',
    hint: 'Look again later. When it does not come, ask the sender to send it again.',
  },
  'carrier-file-denied': {
    exit: 5,
    message: '{where} does not give {path}: {reason}. It was left where it is.',
    hint: 'Ask who runs the server that you may read it.',
  },
  'policy-unsigned': {
    exit: 4,
    message:
      'The policy has no good signature of a contact whose fingerprint was compared: {problem}',
    hint: 'The signature lies beside the policy, as its name and .asc. Add who signs it to the contacts, and compare the fingerprint.',
  },
  'policy-other-signer': {
    exit: 4,
    message:
      'The policy in force was signed by {known}, and this one by {found}. Nothing was changed.',
    hint: 'Ask your agency, by another way, who signs its policy. When it has a new key, block the old one among the contacts first.',
  },
  'policy-older': {
    exit: 1,
    message: 'This policy is of {at}, and the one in force of {known}. Nothing was changed.',
  },
  'policy-forbids-channel': {
    exit: 3,
    message: 'The agency’s policy does not allow the channel {name}: it allows {allowed}.',
    hint: 'Use a channel that it allows, or ask your agency.',
  },
  'quarantine-full': {
    exit: 1,
    message:
      'It did not pass, and {most} files wait in quarantine already: it was not kept, and nothing was written down.',
    hint: 'Somebody may be flooding the inbox. What passes is still taken in.',
  },
  'carrier-too-large': {
    exit: 5,
    message: '{where} takes no file that large. It waits.',
    hint: 'Send it over another channel and take it out of the queue, or ask who runs the server.',
  },
  'mail-too-large': {
    exit: 1,
    message:
      'It is {size} MiB, and {channel} carries at most {most} MiB as mail. Nothing was sent and nothing waits.',
    hint: 'Send it over another channel: {others}. Or carry it by hand.',
  },
  'mail-altered': {
    exit: 4,
    message:
      '{fileName} came over {channel}, and was altered in the mail: it is not what was sent. The message was left where it is.',
    hint: 'Ask the sender to send it again, as a binary attachment, or over another channel.',
  },
  'queue-unknown': { exit: 1, message: 'Nothing in the queue has the id {id}.' },
  'queue-settled': { exit: 1, message: 'It is {state} already.' },
  'air-gapped': {
    exit: 3,
    message:
      'The air gap is on: nothing goes over a network. Folders and files by hand still work.',
    hint: 'Turn it off with `air-gap off`, if your office allows it.',
  },
  'channel-exists': { exit: 1, message: 'There is a channel called {name} already.' },
  'channel-unknown': { exit: 1, message: 'There is no channel called {name}.' },
  'channel-none': {
    exit: 1,
    message: 'There is no channel yet.',
    hint: 'Add one with a folder that both offices reach.',
  },

  'package-is-ours': {
    exit: 1,
    message: 'This file was sealed by this vault. There is nothing to take in.',
  },
  'package-conflict': {
    exit: 4,
    message:
      'A package with the id {id} is here already (since {at}), and this file is another one. The first was kept as it was.',
    hint: 'Ask the sender which of the two is right.',
  },
  'package-gone': {
    exit: 1,
    message: 'The content of package {id} was destroyed and cannot be opened any more.',
  },
  'package-state': {
    exit: 1,
    message: 'Package {id} is {state}; that does not allow: {event}.',
  },
  'package-blocked': {
    exit: 1,
    message: 'The package cannot be sealed yet. {problems}',
    hint: 'Mend what blocks, then seal again. The draft is as it was.',
  },
  'sender-mismatch': {
    exit: 4,
    message:
      'The manifest names {sender} as the sender, but {signer} signed it. Nothing was opened.',
    hint: 'Ask the sender how this came about; do not use the content.',
  },
  'recipient-mismatch': {
    exit: 4,
    message: 'The package is addressed to {names}, not to you. Somebody passed it on.',
    hint: 'Tell the sender. Nothing was opened.',
  },
  'signer-blocked': {
    exit: 4,
    message: 'The package is signed by {name}, whom you blocked. Nothing was opened.',
  },
  'document-too-large': {
    exit: 1,
    message: 'The sealed file holds a document that is larger than a receipt can be.',
  },
  'document-unknown': {
    exit: 1,
    message:
      'The sealed file holds a document of a kind that this version does not know: {format}.',
    hint: 'A newer version of Valise may read it.',
  },
  'quarantine-unknown': { exit: 1, message: 'Nothing in quarantine has the id {id}.' },
  'receipt-not-possible': {
    exit: 1,
    message:
      'No receipt can be sealed to {name} any more: the key is no longer usable, or blocked.',
    hint: 'Ask for a current certificate, then try again. Nothing was changed.',
  },
  'receipt-signer-mismatch': {
    exit: 4,
    message: 'The receipt says that {by} made it, but {signer} signed it. No state was changed.',
  },
  'notice-signer-mismatch': {
    exit: 4,
    message: 'The notice says that {by} made it, but {signer} signed it. Nothing was changed.',
  },
  'notice-unknown-package': {
    exit: 4,
    message: 'The notice is about the package {id}, which is not in this vault.',
    hint: 'If the package comes later, try the notice again then.',
  },
  'notice-not-theirs': {
    exit: 4,
    message: '{name} signed a notice about package {id}, which is not theirs. Nothing was changed.',
  },
  'notice-wrong-manifest': {
    exit: 4,
    message: 'The notice is about other content than that of package {id}. Nothing was changed.',
  },
  'not-a-request': {
    exit: 1,
    message: 'Package {id} asks for nothing: only the answer to a request can be delayed.',
  },
  'receipt-unknown-package': {
    exit: 4,
    message:
      'The receipt is about the package {id}, which this vault never sent. No state was changed.',
  },
  'receipt-not-recipient': {
    exit: 4,
    message:
      '{name} signed a receipt for a package that was not addressed to them. No state was changed.',
  },
  'receipt-wrong-manifest': {
    exit: 4,
    message: 'The receipt is about other content than that of package {id}. No state was changed.',
  },
  'not-our-envelope': {
    exit: 4,
    message:
      'The receipt is for a sealed file that this vault did not make: somebody encrypted package {id} anew. No state was changed.',
  },
  'reason-unknown': {
    exit: 1,
    message: '{reason} is not one of the reasons that can be given.',
    hint: 'Use a code from the list of reasons.',
  },
  'recipient-unclear': {
    exit: 1,
    message: 'Package {id} has several recipients. Say which one this is about.',
    hint: 'Name the recipient with --recipient FINGERPRINT.',
  },
} as const satisfies Record<string, ErrorText>;
