import type { Bundle } from './bundle.ts';

const WHAT = `EVIDENCE BUNDLE
===============

What this is
------------
This folder is a copy of a ledger: the record that an office keeps of every
act with the data packages that it sends, receives, accepts and destroys. Each
line of entries.jsonl is one act. The lines are chained: each one holds the
digest (SHA-256) of the line before it, so that no line can be changed, taken
out or put in without breaking the chain. The file "checkpoint" says how long
the ledger is and what it adds up to, and checkpoint.asc is the signature under
it, made with the key of the person who acted last.

You do not have to trust the office, or the program that wrote this folder, to
check it. What you need is: the programs gpg and python3, your own copy of
verify.py, and the fingerprint of the office's key, which you must know from
somewhere else: from a meeting, a letter, an earlier bundle. Anybody can make a
folder like this one with a key of their own.

Check it
--------
1. With your own copy of verify.py, not with the one in this folder:

     python3 verify.py THIS-FOLDER --trust FINGERPRINT

   "Verified" means: nothing was changed since it was signed, and a key that you
   named signed it. If you have an older bundle of the same office, add
   --previous OLDER-FOLDER: then it also shows that nothing of what was there
   before was rewritten.

2. The chain alone, without any program of ours. In this folder, type these
   three lines into a terminal (Linux, macOS):

     p=0000000000000000000000000000000000000000000000000000000000000000
     while IFS= read -r l; do case "$l" in *"\\"prev\\":\\"$p\\""*) p=$(printf %s "$l" | sha256sum | cut -c1-64);; *) echo "BROKEN at: $l";; esac; done < entries.jsonl
     grep -qx "head $p" checkpoint && echo "The chain ends where the checkpoint says"

   On macOS write "shasum -a 256" instead of "sha256sum".

3. The signature under the checkpoint, with gpg alone:

     gpg --import certificates/*.asc
     gpg --verify checkpoint.asc checkpoint

   Compare the fingerprint that gpg shows with the one that you know, all of it.

What is in it
-------------
entries.jsonl       the acts, one a line, oldest first
checkpoint, .asc    the length and the sum of the ledger, and its signature
checkpoints.jsonl   earlier checkpoints with their signatures
proofs.jsonl        for a part of a ledger: that each line is in it
openings.jsonl      texts that the acts name by digest only: reasons, names
certificates/       the public keys of everybody who signed something here
receipts/           what other offices said about packages, with their signatures
approvals/          signatures of those who approved a release
statements/         statements by which one key took over from another
recorded/           documents kept where an office without Valise answered
witnesses.jsonl     checkpoints of other offices' ledgers that were seen
bundle.json, .asc   the list of all files with their digests, and its signature
verify.py           a copy of the program that checks all this

What it does not prove
----------------------
That something was written down does not make it true: the ledger proves what
was recorded, by whom, in which order, and that it was not changed since. The
times are those of the office's own clock. A receipt proves that a key signed
it, not that a person read it.

A certificate shows the name and the e-mail address of its owner, also where
names were left out of everything else.
`;

const PART = `
This bundle is a part of a ledger
---------------------------------
It proves that the acts in it are in the ledger. It does not prove that there
are no others. The chain (2. above) has gaps and cannot be followed here.
`;

const REDACTED = `
Texts were left out
-------------------
Some texts and receipts were left out. What the acts say of them (digests,
codes, times) is all there, and cannot be changed by showing them later.
`;

/** README.txt: what the folder is and how to check it, for somebody who has never seen one. */
export function readmeOf({ scope, filters }: Pick<Bundle, 'scope' | 'filters'>): string {
  return [WHAT, scope === 'part' ? PART : '', filters.redacted ? REDACTED : ''].join('');
}
