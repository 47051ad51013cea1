import type { Bundle } from './bundle.ts';

type Facts = Pick<Bundle, 'scope' | 'filters' | 'files'>;

const WHAT = `What this is
------------
This folder comes from a ledger: the record that an office keeps of every act
with the data packages that it sends, receives, accepts and destroys. Each line
of entries.jsonl is one act. In the ledger the lines are chained: each one holds
the digest of the line before it, so that no line can be changed, taken out or
put in without breaking the chain. The file "checkpoint" says how long the
ledger is and what it adds up to, and checkpoint.asc is the signature under it,
made with the key of the person who acted last. Words in this text that may be
new to you are explained at the end.
`;

const WHOLE = `
This bundle holds the whole ledger: every act from the first one up to the
checkpoint, in order, none left out.
`;

const PROVES_WHOLE = `
What it proves
--------------
- That these acts, in this order, are what the office wrote down and signed:
  nothing was changed, taken out or put in since.
- That there were no other acts up to the last line.
- Who made each act, by key, and that this person was allowed to.
`;

const PROVES_PART = `
What it proves
--------------
- That each act in it stands in the office's signed ledger, at the place that
  it names: nothing in it was changed since.
- Who made each act, by key, and that this person was allowed to. To show that,
  every act by which people and keys came and went is here as well.
`;

const NOT_ALL = `
It does not prove that there are no other acts. Lines between those that are
here were left out, and nothing here says what they hold: not even whether they
are about the same matter. Who has to know that nothing is missing needs a
bundle of the whole ledger.
`;

const PROVES_TEXTS = `- That every text in openings.jsonl is the one that an act committed to when
  it was written.
- That each receipt in receipts/ was signed by the office that it names.
`;

const NOT = `
What it does not prove
----------------------
- That what was written down is true. It proves what was recorded, by whom and
  in which order.
- What time it really was. The times are those of the office's own clock.
- That a person read something. A receipt proves that a key signed it.
- Whose key it is. Anybody can make a folder like this one with a key of their
  own and any name. That is why step 3 asks for a fingerprint that you know.

A certificate shows the name and the e-mail address of its owner, also where
names were left out of everything else.
`;

const REDACTED = `
What was left out
-----------------
Texts, receipts, approvals and recorded documents were left out of this bundle
on purpose, since they hold names and words of people. What the acts say of
them is all there: digests, codes, times. If somebody shows you one of them
later, its SHA-256 has to be the one that its act names; for a text, that of
the salt and the text together. So what was left out cannot be another thing
when it is shown. Without it, this bundle does not prove what it says.
`;

const CHECK = `
Check it, step by step
----------------------
You do not have to trust the office, nor the program that wrote this folder.

1. Take a computer that you trust, with the programs gpg and python3. These two
   commands, typed into a terminal, show whether they are there:

     gpg --version
     python3 --version

2. Take your own copy of verify.py, not the one in this folder: whoever could
   change the folder could change that too. It stands in the published sources
   of Valise as assets/verify.py. It is short enough to be read.

3. Have at hand the fingerprint of the office's key, 40 or 64 letters and
   digits, that you know from somewhere else: from a meeting, a letter, a
   treaty's list, an earlier bundle that you checked. Do not take it from this
   folder.

4. Type, with the name of this folder and that fingerprint:

     python3 verify.py THIS-FOLDER --trust FINGERPRINT

5. Read the last line of what it answers:

   "Verified: consistent, and signed by ..."
       Nothing was changed, and a key that you named signed it. Done.
   "Verified up to size ..."
       The same, up to that number of acts. What comes after is signed by
       another key, which it names. Ask whose that is, and name it as well.
   "Consistent; signer NOT confirmed ..."
       All fits together, but no key that you named signed it. By itself this
       means nothing: ask the office for its fingerprint, on another way than
       the one this folder came on.
   "NOT CHECKED ..."
       This gpg does not know keys of that kind. Use a newer program.
   "FAILED ..."
       Something is wrong. The lines above it name each place.

6. If you have an older bundle of the same office, name it too. Then it is also
   shown that nothing of what was there before was rewritten:

     python3 verify.py THIS-FOLDER --trust FINGERPRINT --previous OLDER-FOLDER
`;

const CHAIN = `
The same by hand
----------------
Without any program of ours. Go into this folder in a terminal (Linux, macOS).

1. The chain. Type these three lines:

     p=0000000000000000000000000000000000000000000000000000000000000000
     while IFS= read -r l; do case "$l" in *"\\"prev\\":\\"$p\\""*) p=$(printf %s "$l" | sha256sum | cut -c1-64);; *) echo "BROKEN at: $l";; esac; done < entries.jsonl
     grep -qx "head $p" checkpoint && echo "The chain ends where the checkpoint says"

   On macOS write "shasum -a 256" instead of "sha256sum".

2. The signature under the checkpoint:
`;

const BY_HAND_PART = `
The same by hand
----------------
The chain has gaps here, so it cannot be followed line by line; verify.py
computes instead that each line is in the tree that the checkpoint signs. The
signature under the checkpoint can be checked with gpg alone. Go into this
folder in a terminal (Linux, macOS) and type:
`;

const GPG = `
     gpg --import certificates/*.asc
     gpg --verify checkpoint.asc checkpoint

   Compare the fingerprint that gpg shows with the one that you know, all of it.
   gpg warns that the key is not certified: that is what you have just done.
`;

const GLOSSARY = `
Words
-----
act, entry     one line of the ledger: who did what, when, about which package
bundle         this folder
certificate    the public half of a person's key, with their name: what others
               check signatures with
checkpoint     six lines that say how long a ledger is and what it adds up to
digest         a number of 64 letters and digits computed from a file or a line
               (SHA-256): another content gives another digest
fingerprint    the number of a key, as good as the key itself
key            what a person signs with; only they have it
ledger         the record of all acts of one office
proof          the digests that lead from one line to the sum of all of them
receipt        what another office said of a package, signed with its own key
redacted       with names and words left out
salt           random digits before a text, so that it cannot be guessed from
               its digest
signature      made with a key over some content: it fits no other content, and
               nobody can make it without that key
witness        another office that saw this ledger, and says in a receipt how
               long it was
`;

/** README.txt: what the folder is and how to check it, for somebody who has never seen one. */
export function readmeOf(facts: Facts): string {
  const { scope, filters } = facts;
  const isPart = scope === 'part';
  return [
    titleOf(facts),
    WHAT,
    isPart ? partOf(facts) : WHOLE,
    isPart ? PROVES_PART : PROVES_WHOLE,
    filters.redacted ? '' : PROVES_TEXTS,
    isPart ? NOT_ALL : '',
    filters.redacted ? REDACTED : '',
    NOT,
    CHECK,
    isPart ? BY_HAND_PART : CHAIN,
    GPG,
    filesOf(facts),
    GLOSSARY,
  ].join('');
}

function titleOf({ scope, filters }: Facts): string {
  const title = `EVIDENCE: ${scope === 'part' ? 'A PART OF A LEDGER' : 'A WHOLE LEDGER'}${
    filters.redacted ? ', WITHOUT NAMES AND TEXTS' : ''
  }`;
  return `${title}\n${'='.repeat(title.length)}\n\n`;
}

function partOf({ filters }: Facts): string {
  const asked = [
    filters.case === undefined ? [] : [`  of the case      ${filters.case}, with its packages`],
    filters.package === undefined ? [] : [`  about package    ${filters.package}`],
    filters.since === undefined ? [] : [`  not before       ${filters.since}`],
    filters.until === undefined ? [] : [`  not after        ${filters.until}`],
  ].flat();
  return `
This bundle holds a part of the ledger. These acts were asked for:

${asked.join('\n')}
`;
}

function filesOf({ scope, filters, files }: Facts): string {
  const isPart = scope === 'part';
  const names = Object.keys(files);
  /** What few ledgers have is named where it is. */
  const rare = (folder: string, words: string) =>
    names.some((name) => name.startsWith(folder)) ? `${folder.padEnd(20)}${words}\n` : '';
  const gone = 'empty here, or not there: left out on purpose';
  const { redacted } = filters;
  return `
What each file is
-----------------
entries.jsonl       the acts, one a line, oldest first
checkpoint, .asc    the length and the sum of the ledger, and its signature
checkpoints.jsonl   ${isPart ? 'empty here' : 'earlier checkpoints with their signatures'}
proofs.jsonl        ${isPart ? 'for each line, the proof that it is in the ledger' : 'empty here: all lines are there'}
openings.jsonl      ${redacted ? gone : 'texts that the acts name by digest only: reasons, names'}
certificates/       the public keys of everybody who signed something here
receipts/           ${redacted ? gone : 'what other offices said about packages, with their signatures'}
approvals/          ${redacted ? gone : 'signatures of those who approved a release'}
statements/         statements by which one key took over from another
recorded/           ${redacted ? gone : 'documents kept where an office without Valise answered'}
${rare('complaints/', 'complaints about a ledger that has two histories')}${rare('notices/', 'recalls of packages, and delays of answers')}${rare('timestamps/', 'when an authority saw how far the ledger had come')}witnesses.jsonl     ${isPart ? 'empty here' : "checkpoints of other offices' ledgers that were seen"}
bundle.json, .asc   the list of all files with their digests, and its signature
                    by who made this bundle
verify.py           a copy of the program that checks all this: to be read
README.txt          this text

A folder that would be empty is not there.
`;
}
