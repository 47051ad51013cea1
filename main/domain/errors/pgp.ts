import type { ErrorText } from './index.ts';

const SEND_AGAIN = 'Ask the sender to send it again, as a file and not inside a message text.';
const NOTHING_OPENED = 'Nothing was opened.';
const NEW_KEY = 'Ask {name} for a newer certificate.';
const OWN_FILE = 'Ask the owner for the certificate alone, as a file.';

/** OpenPGP: certificates, keys, messages and signatures. */
export const pgpErrors = {
  'not-openpgp': {
    exit: 1,
    message: 'This is not an OpenPGP file.',
    hint: 'Ask the sender which file was meant.',
  },
  'not-a-message': {
    exit: 1,
    message: 'This is an OpenPGP certificate or key, not a sealed message.',
    hint: 'Add a certificate under contacts.',
  },
  'message-armored': {
    exit: 1,
    message: 'This OpenPGP message is in text form (ASCII armor); sealed files are binary.',
    hint: 'Ask for the binary file, or convert this one: gpg --dearmor.',
  },
  'not-encrypted': {
    exit: 1,
    message: `This OpenPGP message is not encrypted. ${NOTHING_OPENED}`,
    hint: 'Ask the sender to encrypt it to your certificate. Whoever carried it could read it.',
  },
  'password-protected-message': {
    exit: 1,
    message: `This message can also be opened with a password, which is not accepted. ${NOTHING_OPENED}`,
    hint: 'Ask the sender to encrypt it to certificates only.',
  },
  'no-integrity-protection': {
    exit: 4,
    message: `This message has no protection against changes. ${NOTHING_OPENED}`,
    hint: 'Ask the sender to use a current OpenPGP program.',
  },
  'message-form': {
    exit: 1,
    message: `This message is built in a way that is not accepted: {what}. ${NOTHING_OPENED}`,
    hint: 'Ask the sender to make it with Valise, or with gpg --sign --encrypt.',
  },
  'message-incomplete': {
    exit: 4,
    message: `This message is incomplete: its end is missing. ${NOTHING_OPENED}`,
    hint: SEND_AGAIN,
  },
  'message-damaged': {
    exit: 4,
    message: `This message was damaged or altered on its way. ${NOTHING_OPENED}`,
    hint: SEND_AGAIN,
  },
  'trailing-data': {
    exit: 4,
    message: `Something follows after the end of this message. ${NOTHING_OPENED}`,
    hint: SEND_AGAIN,
  },
  'not-for-us': {
    exit: 1,
    message: `This message is not encrypted to a key of yours, but to {keys}. ${NOTHING_OPENED}`,
    hint: 'Ask the sender to encrypt it to your current certificate.',
  },
  'too-many-recipients': {
    exit: 1,
    message: 'A message can have at most {most} recipients.',
    hint: 'Split the recipients over several messages.',
  },
  'too-large': {
    exit: 1,
    message: 'The content is larger than {most} bytes, so opening was stopped. Nothing was kept.',
    hint: 'Allow larger packages in the settings when the sender is known to have sent one.',
  },
  'expands-too-much': {
    exit: 1,
    message:
      'The content is more than {ratio} times as large as the file, so opening was stopped. Nothing was kept.',
    hint: 'Ask the sender to send it without compression.',
  },

  'not-signed': {
    exit: 4,
    message: `This message is not signed, so nobody vouches for it. ${NOTHING_OPENED}`,
    hint: 'Ask the sender to sign it.',
  },
  'too-many-signatures': {
    exit: 4,
    message: `This message has more than one signature. ${NOTHING_OPENED}`,
    hint: 'Ask the sender for a message with their signature alone.',
  },
  'signature-form': {
    exit: 4,
    message: 'The signature is of a kind that is not accepted here: it has to be over binary data.',
    hint: 'Ask the signer to sign without text mode.',
  },
  'unknown-signer': {
    exit: 4,
    message: 'The signer {fingerprint} is unknown here.',
    hint: 'Add the signer’s certificate under contacts, compare the fingerprint with them, and try again.',
  },
  'bad-signature': {
    exit: 4,
    message: 'The signature does not fit: the content is not what {name} signed.',
    hint: SEND_AGAIN,
  },
  'weak-algorithm': {
    exit: 4,
    message: 'Refused, because {what} is too weak today.',
    hint: 'Ask the sender to update their OpenPGP program, or to use a newer key.',
  },
  'signature-in-future': {
    exit: 4,
    message: 'The signature is dated {signedAt}, but here it is {now}.',
    hint: 'Check the clock and the date of this computer, then try again.',
  },
  'signature-expired': {
    exit: 4,
    message: 'The signature by {name} was valid until {until} only.',
    hint: 'Ask the sender to seal it again.',
  },
  'signature-before-key': {
    exit: 4,
    message: 'The signature is dated {signedAt}, before the key of {name} was made.',
    hint: 'Ask the sender to check the clock of their computer and to seal it again.',
  },
  'signer-revoked': {
    exit: 4,
    message: 'The key of {name} that signed this was revoked on {revokedAt}.',
    hint: 'Ask {name}, over another way, whether they sealed it and which key they use now.',
  },
  'signer-expired': {
    exit: 4,
    message: 'The key of {name} had expired on {expiredAt}, before it signed this on {signedAt}.',
    hint: 'Ask {name} for a newer certificate; if the expiry was moved, update the contact.',
  },
  'signer-cannot-sign': {
    exit: 4,
    message: 'The key of {name} that signed this is not meant for signing.',
    hint: NEW_KEY,
  },

  'not-a-certificate': {
    exit: 1,
    message: 'This is not an OpenPGP certificate.',
    hint: OWN_FILE,
  },
  'armor-damaged': {
    exit: 1,
    message: 'The text form (ASCII armor) is damaged: {what}.',
    hint: 'Use the file as it came; text around it or changed line breaks make it unreadable.',
  },
  'secret-key-given': {
    exit: 1,
    message: 'This file holds a secret key. It was not read further and nothing of it was kept.',
    hint: 'If it is yours, use key import. If somebody sent it to you, tell them that it is no longer secret.',
  },
  'certificate-too-large': {
    exit: 1,
    message: 'This certificate has too much in it: {what}. Nothing was kept.',
    hint: 'Ask the owner for a minimal certificate: gpg --export --export-options export-minimal.',
  },
  'certificate-several': {
    exit: 1,
    message: 'This file holds more than one certificate. Nothing was kept.',
    hint: 'Add them one by one.',
  },
  'certificate-damaged': {
    exit: 1,
    message: 'This certificate is damaged: {what}. Nothing was kept.',
    hint: OWN_FILE,
  },
  'certificate-unsupported': {
    exit: 1,
    message: 'This certificate is of a kind that is not known here (version {version}).',
    hint: 'Ask the owner for a certificate of version 4 or 6.',
  },
  'certificate-unsigned': {
    exit: 1,
    message: 'No name in this certificate is confirmed by its own key. Nothing was kept.',
    hint: OWN_FILE,
  },
  'certificate-other': {
    exit: 1,
    message: 'The update is for another key ({update}, not {known}). Nothing was changed.',
    hint: 'Add it as a new contact.',
  },

  'certificate-revoked': {
    exit: 1,
    message: 'The key of {name} is revoked, so nothing can be sealed to it.',
    hint: NEW_KEY,
  },
  'certificate-expired': {
    exit: 1,
    message: 'The key of {name} has expired, so nothing can be sealed to it.',
    hint: NEW_KEY,
  },
  'certificate-not-yet-valid': {
    exit: 1,
    message: 'The key of {name} is dated later than now.',
    hint: 'Check the clock of this computer. If it is right, ask {name} when the key was made.',
  },
  'certificate-sha1': {
    exit: 1,
    message: 'The key of {name} is bound together with SHA-1, which can be forged.',
    hint: 'Ask {name} to renew the expiry with a current program, which signs the key anew.',
  },
  'certificate-rsa-short': {
    exit: 1,
    message: 'The RSA key of {name} is shorter than 2048 bits.',
    hint: 'Ask {name} to make a new key.',
  },
  'certificate-weak-algorithm': {
    exit: 1,
    message: 'The key of {name} uses an algorithm that is not accepted: {algorithm}.',
    hint: 'Ask {name} to make a new key, with Ed25519 or RSA 3072.',
  },
  'certificate-no-encryption': {
    exit: 1,
    message: 'The key of {name} has no part that can be encrypted to.',
    hint: 'Ask {name} for a certificate with an encryption subkey.',
  },
  'certificate-designated-revoker': {
    exit: 1,
    message:
      'The key of {name} can be revoked by another key, which cannot be checked here, so nothing can be sealed to it.',
    hint: 'Ask {name} for a key without a designated revoker.',
  },
  'certificate-cannot-sign': {
    exit: 1,
    message: 'The key of {name} cannot sign.',
    hint: 'Use a key with a part for signing.',
  },
  'certificate-not-modern': {
    exit: 1,
    message: 'The key of {name} does not say that it can open the newer form of messages.',
    hint: 'Seal in the form that every recipient can open.',
  },
  'recipient-twice': {
    exit: 1,
    message: '{name} is among the recipients twice.',
    hint: 'Name each recipient once.',
  },
  'no-recipients': {
    exit: 1,
    message: 'There is nobody to seal this to.',
    hint: 'Name at least one recipient.',
  },

  'user-id-name': {
    exit: 1,
    message: 'This name cannot stand in a key: {what}.',
    hint: 'Use letters, digits, spaces and plain punctuation, without < and >.',
  },
  'user-id-email': {
    exit: 1,
    message: 'This is not an e-mail address that can stand in a key.',
    hint: 'It has to look like name@example.org.',
  },
  'not-a-secret-key': {
    exit: 1,
    message: 'This is not an OpenPGP secret key.',
    hint: 'Export it first: gpg --export-secret-keys.',
  },
  'key-passphrase-needed': {
    exit: 3,
    message: 'This key is protected by a passphrase. Nothing was kept.',
    hint: 'Give the passphrase of the key as well.',
  },
  'key-passphrase-wrong': {
    exit: 3,
    message: 'This passphrase does not open the key. Nothing was kept.',
    hint: 'Use the passphrase that the key had when it was exported.',
  },
  'key-protection-unknown': {
    exit: 1,
    message: 'The key is protected in a way that cannot be opened here. Nothing was kept.',
    hint: 'Set its passphrase anew with gpg, export it again and import that.',
  },
  'key-stub': {
    exit: 1,
    message:
      'The secret part of {what} is not in this file: it stays on another device or on a card. Nothing was kept.',
    hint: 'Export the whole key on the device that holds it. A key on a card cannot be imported.',
  },
  'key-damaged': {
    exit: 1,
    message: 'The secret and the public part of this key do not fit together. Nothing was kept.',
    hint: 'Export it again from where it is used. If that fails too, the key should not be used.',
  },
} as const satisfies Record<string, ErrorText>;
