import type { ErrorText } from './index.ts';

/** Manifests, bags, drafts and packages. */
export const packageErrors = {
  'package-unknown': { exit: 1, message: 'There is no package {id} in this vault.' },

  oversized: {
    exit: 1,
    message: '{what} is larger than the {limit} bytes that are read of it.',
    hint: 'Ask the sender to split it.',
  },
  'version-unknown': {
    exit: 1,
    message:
      '{what} is of the version {version}, which this program does not know. Nothing was changed.',
    hint: 'A newer version of Valise may read it.',
  },
  'document-refused': {
    exit: 1,
    message: '{what} is refused: {field} {problem}.',
    hint: 'Tell the sender which field it is. Nothing was changed.',
  },
  'name-refused': {
    exit: 1,
    message: 'The name "{name}" {rule}, which no name in a package may.',
    hint: 'Ask the sender to rename the file and to send the package again. Nothing was written.',
  },
  'file-changed': {
    exit: 1,
    message: '{path} has changed since it was added. Nothing was sealed.',
    hint: 'Add the file again, then seal.',
  },
  'description-without-file': {
    exit: 1,
    message: 'release.json describes {path}, but the package has no such file.',
    hint: 'Mend the name, or leave the description out.',
  },

  'bag-malformed': {
    exit: 1,
    message: 'What the package holds is not a well-formed tar: {problem} (at byte {at}).',
    hint: 'Ask the sender how it was made, and to send it again. Nothing was written.',
  },
  'bag-incomplete': {
    exit: 1,
    message: 'The tar in the package ends too early: {problem}.',
    hint: 'Ask the sender to make it again. Nothing was written.',
  },
  'bag-trailing-bytes': {
    exit: 1,
    message: 'There are bytes after the end of the tar in the package.',
    hint: 'Ask the sender how it was made. Nothing was written.',
  },
  'bag-global-header': {
    exit: 1,
    message: 'The tar in the package has a global header, which would change every file in it.',
    hint: 'Ask the sender to make it without one. Nothing was written.',
  },
  'bag-link': {
    exit: 1,
    message: '"{name}" in the package is a link. Packages hold files only.',
    hint: 'Ask the sender to put the file itself in. Nothing was written.',
  },
  'bag-device': {
    exit: 1,
    message: '"{name}" in the package is a device. Packages hold files only.',
    hint: 'Do not use this package; ask the sender how it was made. Nothing was written.',
  },
  'bag-fifo': {
    exit: 1,
    message: '"{name}" in the package is a named pipe. Packages hold files only.',
    hint: 'Do not use this package; ask the sender how it was made. Nothing was written.',
  },
  'bag-sparse': {
    exit: 1,
    message: '"{name}" in the package is stored with holes (sparse).',
    hint: 'Ask the sender to make the tar without --sparse. Nothing was written.',
  },
  'bag-multi-volume': {
    exit: 1,
    message: '"{name}" is part of a tar that was split into volumes.',
    hint: 'Ask the sender to make one whole tar. Nothing was written.',
  },
  'bag-entry-type': {
    exit: 1,
    message: '"{name}" in the package is of the kind {type}, which no package holds.',
    hint: 'Ask the sender how it was made. Nothing was written.',
  },
  'bag-too-many-entries': {
    exit: 1,
    message: 'The package holds more than the {limit} names or bytes of names that are read here.',
    hint: 'Ask the sender to split it. Nothing was written.',
  },
  'bag-outside-folder': {
    exit: 1,
    message: '"{name}" lies outside the one folder that a package has.',
    hint: 'The tar has to be made from outside: tar cf bag.tar <package id>. Nothing was written.',
  },
  'bag-second-folder': {
    exit: 1,
    message: 'The package holds a second folder, "{name}", beside "{first}".',
    hint: 'Ask the sender to put all of it into one folder. Nothing was written.',
  },
  'bag-folder-name': {
    exit: 1,
    message: 'The folder in the package is called "{name}", but its manifest says {id}.',
    hint: 'Ask the sender which one is right. Nothing was written.',
  },
  'bag-fetch': {
    exit: 1,
    message: 'The package has a fetch.txt: parts of it would have to be fetched from elsewhere.',
    hint: 'Ask the sender to put all files in. Nothing was fetched and nothing was written.',
  },
  'bag-file-too-large': {
    exit: 1,
    message: '"{name}" in the package is larger than the {limit} bytes that are read of it.',
    hint: 'Ask the sender to split the package. Nothing was written.',
  },
  'bag-name-clash': {
    exit: 1,
    message: '"{name}" and "{other}" in the package are one name on some systems.',
    hint: 'Ask the sender to rename one of them. Nothing was written.',
  },
  'bag-tag-missing': {
    exit: 1,
    message: 'The package has no {name}.',
    hint: 'Ask the sender to make it again, as docs/formats/package.md says. Nothing was written.',
  },
  'bag-tag-malformed': {
    exit: 1,
    message: '{name} in the package is not what it must be: {problem}.',
    hint: 'Ask the sender to mend it. Nothing was written.',
  },
  'bag-file-missing': {
    exit: 4,
    message: '"{name}" is listed in the package but is not in it.',
    hint: 'Ask the sender to send it again. Nothing was written.',
  },
  'bag-file-extra': {
    exit: 4,
    message: '"{name}" is in the package, but its manifest does not list it.',
    hint: 'Do not use this package; ask the sender. Nothing was written.',
  },
  'bag-list-differs': {
    exit: 4,
    message: 'release.json and manifest-sha256.txt do not say the same about "{name}".',
    hint: 'Do not use this package; ask the sender. Nothing was written.',
  },
  'bag-digest': {
    exit: 4,
    message: '"{name}" in the package is not the file that its manifest lists: {what} differs.',
    hint: 'Do not use this package; ask the sender to send it again. Nothing was written.',
  },
  'bag-oxum': {
    exit: 4,
    message: 'bag-info.txt counts {said} (bytes.files), but the package holds {found}.',
    hint: 'Ask the sender to send it again. Nothing was written.',
  },
  'bag-approval-unlisted': {
    exit: 4,
    message: 'The package holds an approval by {fingerprint}, whom its manifest does not name.',
    hint: 'Do not use this package; ask the sender. Nothing was written.',
  },

  'approval-unlisted': {
    exit: 4,
    message: 'The approval by {fingerprint} does not count: the manifest does not name them.',
    hint: 'Only those whom the sender named before the form was fixed can approve.',
  },
  'approval-by-sender': {
    exit: 4,
    message: 'The approval by {fingerprint} does not count: that key is the sender’s own.',
    hint: 'A second person has to agree, with a key of their own.',
  },
  'approval-invalid': {
    exit: 4,
    message: 'The approval by {fingerprint} is not good: {problem}.',
    hint: 'Ask the sender; the approval has to be given again. Nothing was changed.',
  },
  'approvals-too-few': {
    exit: 4,
    message: 'The manifest asks for {required} approvals, and {given} came with it.',
    hint: 'Ask the sender: a second person has to agree before it is sent. Nothing was written.',
  },
  'approval-own': {
    exit: 3,
    message: 'You are the sender of this package: somebody else has to approve it.',
    hint: 'Ask one of the people who are named as approvers.',
  },
  'approval-not-asked': {
    exit: 3,
    message: 'You are not named as an approver of this package.',
    hint: 'The officer who composes it names its approvers, before its form is fixed.',
  },
  'approval-given': {
    exit: 1,
    message: 'You have approved this package already.',
    hint: 'Until it is sealed you can still refuse it.',
  },
  'approval-other-bytes': {
    exit: 4,
    message: 'The answer is about another form of package {id} than the one that is fixed here.',
    hint: 'Ask for the approval again. Nothing was changed.',
  },
  'approval-request-changed': {
    exit: 4,
    message: 'The file is not the one that you read: it asks for another release now.',
    hint: 'Open it again and read it. Nothing was signed.',
  },
  'approval-signer-mismatch': {
    exit: 4,
    message: 'It is signed by {signer}, but says that it is by {by}.',
    hint: 'Do not use it. Nothing was changed.',
  },
  'approvers-elsewhere-none': {
    exit: 1,
    message: 'Nobody with another vault is named as an approver of this package.',
    hint: 'Members of this vault approve it here.',
  },
  'import-unknown': {
    exit: 1,
    message:
      'It is neither the folder of a bag with SHA-256 digests, nor a CASE bundle that names files.',
  },
  'import-differs': {
    exit: 4,
    message:
      '{path} is not what was packed: it is missing, or its digest is another. Nothing was taken.',
  },
  'import-outside': {
    exit: 4,
    message: '{path} leads out of the folder. Nothing was taken.',
  },
  'package-held': {
    exit: 1,
    message: 'Package {id} is held ({reason}): a hold beats a date. Nothing was destroyed.',
    hint: 'Release the hold first, when whoever asked for it agrees.',
  },
  'package-hold-state': {
    exit: 1,
    message: 'Package {id} is held already, or is not held. Nothing was changed.',
  },
  'not-the-sender': {
    exit: 3,
    message: 'The manifest of this package names {name} as its sender: only they can seal it.',
    hint: 'Edit it to send it yourself: that makes a new draft, which has to be approved anew.',
  },
} as const satisfies Record<string, ErrorText>;
