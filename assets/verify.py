#!/usr/bin/env python3
"""Checks evidence of Valise, a bundle or a proof: python3 verify.py [PATH] [--trust FPR ...] [--previous OLD]

It needs Python 3.9 or later, no other package, and `gpg`. It writes nothing but a throw-away GnuPG home. Run your
own copy of this file, not the one inside the bundle, and give the fingerprint that you know from elsewhere: a key
that only the bundle vouches for can be anybody's. The formats: docs/formats/bundle.md and proof.md in Valise's
sources.

  exit 0  everything fits, and a key that you named with --trust signed it
  exit 3  what could be checked fits; but no key that you trust signed it, or gpg could not judge all of it
  exit 4  something is wrong: each place is named
  exit 2  wrong usage
"""
import argparse, base64, concurrent.futures, datetime, functools, hashlib, io, json, os, re, shutil, stat
import subprocess, sys, tempfile, time

class Wrong(Exception):
    """Something does not fit. `code` is short and stable, the text is for people."""
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code

def sha256(*parts):
    return hashlib.sha256(b''.join(parts))

# --- JSON: one profile, one spelling --------------------------------------------------------------------------------
# RFC 8785 with sorted ASCII keys, whole numbers, no null. What is parsed is written again, and other bytes are
# refused: so are duplicate keys, other spellings of a number or a text, spaces, and a byte order mark.

def parse(data, form=None):
    """The value. `form` is what its `format` has to be, which is looked at before anything else."""
    try:
        value = json.loads(data.decode('utf-8'), parse_float=lambda _: None, parse_constant=lambda _: None)
        if form is not None:
            assert_format(value, form)
        assert_profile(value, 0)
        if encode(value) != data:
            raise ValueError('another spelling')
    except (ValueError, RecursionError) as error:
        raise Wrong('not-canonical', 'not canonical JSON: ' + str(error)[:120])
    return value

def assert_format(value, form):
    found = value.get('format') if isinstance(value, dict) else None
    if found != form:
        is_other = isinstance(found, str) and found.startswith(form.rpartition('/')[0] + '/')
        raise Wrong('version-unknown' if is_other else 'document-refused', 'its format is not ' + form)

def encode(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(',', ':')).encode('utf-8')

def assert_profile(value, depth):
    if depth > 64 or value is None or (isinstance(value, int) and abs(value) > 2 ** 53 - 1):
        raise ValueError('null, a fraction, a number beyond 2^53-1, or nested too deep')
    if isinstance(value, dict) and not all(re.fullmatch('[ -~]+', key) and key != '__proto__' for key in value):
        raise ValueError('a key that is not allowed')
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        assert_profile(member, depth + 1)

# --- What entries may hold: closed lists of members and kinds, so that no name and no free text hides in them --------

def is_day(text):
    try:
        return bool(re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False

def is_moment(text):
    return bool(re.fullmatch('T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z', text[10:])) and is_day(text[:10])

DIGEST, FPR = '[0-9a-f]{64}', '[0-9A-F]{40}|[0-9A-F]{64}'
UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}'

# Texts, by a pattern or a function. `commit` is the digest of a salted text that openings.jsonl may show, `named` the
# digest of a file of the bundle, `digest` any other one.
TEXTS = {
    'digest': DIGEST, 'commit': DIGEST, 'named': DIGEST, 'salt': '[0-9a-f]{32}', 'fpr': FPR, 'uuid': UUID,
    'code': '[A-Za-z0-9][A-Za-z0-9 ./+_-]{0,47}', 'country': '[A-Z]{2}', 'date': is_day, 'time': is_moment,
    'text': '(?s).*', 'text32': '(?s).{0,32}', 'text48': '(?s).{0,48}', 'text80': '(?s).{0,80}',
    'outcome': 'delivered|accepted|rejected|destroyed|returned|disputed', 'profile': 'interop|rfc9580',
    'witnessed': 'first-seen|consistent|same|smaller|inconsistent|none', 'role': 'officer|approver|auditor',
    'answer': 'met|not-met|not-applicable', 'risk': 'low|medium|high',
}

# `name:kind` is a member, `name?:kind` may be absent, `kind*n` is a list of at most n, `=a|b` is one of these texts.
OBJECTS = '''
entry format:=valise.entry/1 seq:count at:time actor:actor type:code subject:subject detail:any prev:digest
actor fingerprint:fpr role:role
subject package?:uuid manifest?:digest sealed?:digest case?:uuid contact?:fpr
position origin:text80 size:count root:digest; continues origin:text80 size:count root:digest lostTo:lost
answers ownership:answer consentOrInterest:answer recipientIdentity:answer minimisation:answer necessity:answer
  harmToIndividuals:answer onwardTransfer:answer
facts kind:=release|request instrument:code countries:country*60 categories:code*40 offences:code*20 files:count
  bytesHeld:count bytesReleased:count affected:count affectedMethod:=exact|estimated|unknown risk:risk deleteBy:date
  retention:=destroy|return recipients:count legalBasis?:code*6 purposes?:code*6
bundle format:=valise.bundle/1 scope:=whole|part filters:filters by:exporter at:time files:any
filters case?:uuid package?:uuid since?:time until?:time redacted:bool; exporter fingerprint:fpr
kept body:text signature:text; proof seq:count hashes:digest*64; opening digest:digest salt:salt value:text
rotation statement:turn signatures:both; both from:text to:text
turn format:=valise.rotation/1 vault:uuid member:uuid from:fpr to:fpr certificate:digest at:time
witness by:fpr checkpoint:text signature:text known?:any
evidence format:=valise.proof/1 seq?:count earlier?:earlier checkpoint:kept entries:proved*999999
  certificates:holder*999999 statements:text*999999
earlier body:text signature:text hashes:digest*64; proved text:text hashes:digest*64
holder fingerprint:fpr armored:text
receipt format:=valise.receipt/1 id:uuid kind:outcome packageId:uuid manifestDigest:digest sealedDigest:digest at:time
  by:party reason?:reason ledger?:any witnessed:seen
party name:text organisation:text country?:country fingerprint:fpr; reason code:code text?:text
seen result:witnessed origin?:text80 size?:count root?:digest head?:digest
'''

# The `detail` of each type of entry; types with the same members stand together. What is not here is reported: the
# bundle may have been made by a newer Valise than this copy of verify.py.
DETAILS = '''
genesis vault:uuid member:uuid fingerprint:fpr role:=officer certificate:named profile:profile country:country
  identity:commit header:digest program:text32 continues?:continues
unlocked via:=passphrase|recovery; unlock-failed count:count first:time last:time
locked reason:=asked|idle|suspend|screen|quit
passphrase-changed,recovery-used,recovery-renewed member:uuid header:digest
member-added member:uuid fingerprint:fpr role:role certificate:named identity:commit header:digest prevKeys:count
member-removed member:uuid fingerprint:fpr header:digest prevKeys:count
member-role member:uuid fingerprint:fpr from:role to:role header:digest prevKeys:count
key-made member:uuid fingerprint:fpr certificate:named profile:profile prevKeys:count
key-rotated member:uuid from:fpr to:fpr certificate:named statement:named header:digest prevKeys:count
key-replaced member:uuid from:fpr to:fpr certificate:named header:digest prevKeys:count
key-revoked member:uuid fingerprint:fpr certificate:named reason:code prevKeys:count
contact-added certificate:named identity:commit algorithm:text48 country?:country
  via:=file|paste|exchange|wkd|keyserver warnings:code*16
contact-verified method:=in-person|video|phone|letter|official-list|other certificate:named note?:commit
contact-changed certificate:named changes:code*16
contact-conflict other:fpr phase:=found|settled keep?:=old|new note?:commit
contact-blocked,contact-excepted,rollback-acknowledged reason:commit
case-opened reference:commit instrument?:code countries:country*60 affected?:count receivedOn?:date
  affectedMethod?:=exact|estimated|unknown offences?:code*20 deadlines?:time*10
  deadlineNames?:commit*10 request?:uuid
case-closed,case-reopened,draft-discarded,hold-released,expired
case-remedy kind:code offered:count accepted:count declined:count unreachable:count fulfilled:count at?:time
draft-made kind:=release|request files:count bytes:count; draft-changed,verified,extracted files:count bytes:count
assessed answers:answers risk:risk; frozen,addressed recipients:fpr*32; approved approver:fpr signature:named
refused approver:fpr reason:code note?:commit
sealed facts:facts profile:=rfc4880|rfc9580 sealedBytes:count toSelf:bool
dispatched via:=folder|hand|sftp|webdav|email channel?:uuid by?:commit
arrived facts:facts sender:fpr senderVerified:bool sealedBytes:count witnessed:witnessed warnings:code*16
import-refused code:code bytes:count signer?:fpr; accepted,returned facts:facts
rejected facts:facts reason:code note?:commit; destroyed facts:facts how:code; recalled reason?:code; held reason:code
disputed reason:code note?:commit; superseded by:uuid
delayed reason:code until:date; notice-out kind:=recall|delay notice:named to:fpr
notice-in kind:=recall|delay notice:named by:fpr at:time reason?:code until?:date
minimised rowsIn:count rowsOut:count bytesIn:count bytesOut:count kept:count masked:count pseudonymised:count
  from:digest to:digest
recorded outcome:outcome recipient:fpr evidence:named note:commit; receipt-out kind:outcome receipt:named to:fpr
receipt-in kind:outcome receipt:named by:fpr at:time reason?:code witnessed:witnessed
receipt-conflict kind:outcome receipt:named by:fpr code:code
channel-added channel:uuid kind:=folder|sftp|webdav|email name:commit; channel-removed channel:uuid
policy-changed policy:digest; ledger-verified entries:count root:digest
exported scope:code entries:count bundle:digest redacted:bool; finding entry:count text:commit
rollback-found known:position where:code; fork-found known:position by?:fpr; clock-went-back from:time to:time
ledger-restarted from:position to:position
ledger-acknowledged kind:=restarted|fork|rollback known:position seen:position reason:commit
complaint-out to:fpr complaint:named; complaint-in by:fpr at:time complaint:named proven:bool
timestamped size:count checkpoint:digest at:time response:named
backup-made,restored backup:digest entries:count
'''

def shapes(text):
    """{name: {member: (kind, may it be absent)}}"""
    rows = (row.split() for row in re.split('; |\n', text.strip().replace('\n ', '')))
    pairs = ((names, [member.split(':', 1) for member in members]) for names, *members in rows)
    return {name: {key.rstrip('?'): (kind, key.endswith('?')) for key, kind in members}
            for names, members in pairs for name in names.split(',')}

OBJECTS, DETAILS = shapes(OBJECTS), shapes(DETAILS)

def check_shape(members, value, found=None):
    """Every member known, none missing, each of its kind. Gathers what `commit` and `named` name into `found`."""
    if not isinstance(value, dict):
        raise Wrong('document-refused', 'not an object')
    unknown = set(value) - set(members)
    missing = {key for key, (_, may_be_absent) in members.items() if not may_be_absent} - set(value)
    if unknown or missing:
        raise Wrong('document-refused', 'unknown members %s, missing ones %s' % (ascii(unknown)[:99], missing))
    for key in value:
        check_kind(members[key][0], value[key], key, found)

def check_kind(kind, value, key, found):
    kind, _, most = kind.partition('*')
    if most:
        if not isinstance(value, list) or len(value) > int(most):
            raise Wrong('document-refused', '%s is not a list of at most %s' % (key, most))
        for item in value:
            check_kind(kind, item, key, found)
    elif kind in OBJECTS:
        check_shape(OBJECTS[kind], value, found)
    elif not is_kind(kind, value):
        raise Wrong('document-refused', '%s is not %s' % (key, kind.lstrip('=')))
    elif found is not None and kind in ('commit', 'named'):
        found.append((kind, key, value))

def is_kind(kind, value):
    if kind in ('count', 'lost'):
        return (type(value) is int and value >= 0) or (kind == 'lost' and value == 'unknown')
    if kind in ('bool', 'any'):
        return kind == 'any' or isinstance(value, bool)
    rule = kind[1:] if kind.startswith('=') else TEXTS[kind]
    return isinstance(value, str) and bool(rule(value) if callable(rule) else re.fullmatch(rule, value))

# --- The tree of RFC 6962, and the checkpoint that signs it ----------------------------------------------------------

def root_of(leaves):
    """The root of the first `count` leaves as a function of `count`; complete subtrees are computed once."""
    @functools.lru_cache(maxsize=None)
    def root(start, count):
        if count == 1:
            return leaves[start]
        left = largest_power_of_two_below(count)
        return sha256(b'\1', root(start, left), root(start + left, count - left)).digest()
    return lambda count: root(0, count).hex()

def largest_power_of_two_below(count):
    return 1 << (count - 1).bit_length() - 1

def root_by_proof(index, count, node, hashes):
    """The root that an inclusion proof leads to, from the leaf `node` upwards."""
    if count == 1 or not hashes:
        return node if count == 1 and not hashes else b''
    left, beside = largest_power_of_two_below(count), bytes.fromhex(hashes[-1])
    if index < left:
        return sha256(b'\1', root_by_proof(index, left, node, hashes[:-1]), beside).digest()
    return sha256(b'\1', beside, root_by_proof(index - left, count - left, node, hashes[:-1])).digest()

def roots_by_proof(older_count, count, older, hashes, is_left=True):
    """The roots of the older and the newer tree that a consistency proof leads to."""
    if older_count == count:
        ends = [older] + hashes if is_left else hashes
        return (ends[0], ends[0]) if len(ends) == 1 else (b'', b'')
    if older_count > count or not hashes:
        return b'', b''
    left, beside = largest_power_of_two_below(count), hashes[-1]
    if older_count <= left:
        first, second = roots_by_proof(older_count, left, older, hashes[:-1], is_left)
        return first, sha256(b'\1', second, beside).digest()
    parts = roots_by_proof(older_count - left, count - left, older, hashes[:-1], False)
    return tuple(sha256(b'\1', beside, part).digest() for part in parts)

def parse_checkpoint(data):
    """Six lines, each in its one spelling."""
    form = (r'(valise/[0-9a-f]{64})\n([1-9][0-9]{0,15})\n([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)\n'
            r'head ([0-9a-f]{64})\ntime ([^\n]*)\nkeys (0|[1-9][0-9]{0,15})\n')
    match = re.fullmatch(form, data.decode('utf-8', 'replace'))
    if not match or not is_moment(match[5]) or not int(match[6]) < int(match[2]) < 2 ** 53:
        raise Wrong('checkpoint-malformed', 'not the six lines of a checkpoint')
    return {'origin': match[1], 'size': int(match[2]), 'root': base64.b64decode(match[3]).hex(),
            'head': match[4], 'time': match[5], 'keys': int(match[6])}

# --- OpenPGP ---------------------------------------------------------------------------------------------------------

def dearmor(data, kind):
    """The bytes of one block of ASCII armor with nothing around it. Its checksum proves nothing and is not read."""
    form = (r'-----BEGIN PGP %s-----\n(?:[A-Za-z-]+: [ -~]*\n)*\n((?:[A-Za-z0-9+/]{1,76}={0,2}\n)+)'
            r'(?:=[A-Za-z0-9+/]{4}\n)?-----END PGP %s-----\n?')
    match = re.fullmatch(form % (kind, kind), data.decode('latin-1'))
    text = match[1].replace('\n', '') if match else '='
    if len(text) % 4 or re.search('=[^=]', text):
        raise Wrong('file-malformed', 'not one whole block of ASCII armor')
    return base64.b64decode(text)

class Gpg:
    """gpg as a judge of signatures. Only its status lines are read, never its words for people."""
    def __init__(self):
        self.program = shutil.which('gpg')
        self.home = tempfile.mkdtemp(prefix='valise-verify-')
        self.keys, self.unknown = {}, set()

    def run(self, arguments, data=b'', prefix=''):
        """The lines that it writes and that begin with `prefix`, without that."""
        if self.program is None:
            return []
        command = [self.program, '--homedir', self.home, '--no-options', '--batch', '--no-tty', '--lock-never',
                   '--no-auto-key-retrieve', '--trust-model', 'always', '--status-fd', '1'] + arguments
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        # Split at LF alone: a name in a key may hold characters that Python would take for the end of a line.
        lines = [line.decode('utf-8', 'replace') for line in done.stdout.split(b'\n')]
        return [line[len(prefix):] for line in lines if line.startswith(prefix)]

    def status(self, arguments, data):
        return [line.split(' ') for line in self.run(arguments, data, '[GNUPG:] ')]

    def add(self, fingerprint, certificate):
        """Imports one certificate. One that this gpg cannot read (version 6, for one) is remembered as unknown."""
        shown = self.run(['--with-colons', '--import-options', 'show-only', '--import'], certificate)
        shown = [line.split(':') for line in shown if line.startswith(('pub:', 'fpr:'))]
        found = {after[9] for line, after in zip(shown, shown[1:]) if line[0] == 'pub'}
        if found and found != {fingerprint}:
            raise Wrong('file-mismatch', 'it is the certificate of ' + ', '.join(sorted(found)))
        if not any(line[0] == 'IMPORT_OK' for line in self.status(['--import'], certificate)):
            self.unknown.add(fingerprint)

    def note_ends(self):
        """Notes of each key when it ends, and when and why it was revoked."""
        key = None
        for fields in (line.split(':') for line in self.run(['--with-colons', '--check-sigs'])):
            if fields[0] in ('pub', 'sub'):
                key = {'ends': int(fields[6] or 2 ** 40), 'revoked': []}
            elif fields[0] == 'fpr':
                self.keys[fields[9]] = key
            elif fields[0] == 'rev' and fields[1] == '!' and fields[10][:2] in ('20', '28'):
                # Reasons 1 and 3: replaced, retired. Any other one says that the key may be in other hands.
                key['revoked'].append((int(fields[5]), fields[10].partition(',')[2] in ('01', '03')))

    def verify(self, signature, data, signer):
        """None if this is one good signature over binary data by the primary key `signer` or its subkey, or why not."""
        if signer in self.unknown:
            return 'not-checked'
        if signer not in self.keys:
            return 'no certificate of %s is in the bundle' % signer
        with tempfile.NamedTemporaryFile(dir=self.home, delete=False) as file:
            file.write(signature)
        lines = self.status(['--verify', file.name, '-'], data)
        words = [line[0] for line in lines]
        valid = [line for line in lines if line[0] == 'VALIDSIG']
        if words.count('NEWSIG') != 1 or len(valid) != 1 or {'BADSIG', 'ERRSIG', 'EXPSIG', 'UNEXPECTED'} & set(words):
            return 'the signature does not fit'
        key, _, made, _, _, _, _, digest, kind, primary = valid[0][1:11]
        # 00 is a signature over binary data; 1, 2 and 3 are MD5, SHA-1 and RIPEMD-160.
        if primary != signer or kind != '00' or digest in ('1', '2', '3') or int(made) > time.time() + 300:
            return 'signed by %s instead of %s, or in a way that does not count' % (primary, signer)
        # gpg judges a key as it is today. A signature counts when the key was good at its time, and was not lost since.
        parts = [self.keys[primary], self.keys.get(key, self.keys[primary])]
        if 'REVKEYSIG' in words and not any(part['revoked'] for part in parts):
            return 'the key is revoked'
        for part in parts:
            if part['ends'] <= int(made) or any(not soft or since <= int(made) for since, soft in part['revoked']):
                return 'the key had expired, or is revoked'
        return None

# --- Who may act -----------------------------------------------------------------------------------------------------

AUDITOR_MAY = ('unlocked unlock-failed locked clock-went-back passphrase-changed recovery-used ledger-verified'
               ' exported finding').split()
APPROVER_MAY = AUDITOR_MAY + 'recovery-renewed key-rotated key-revoked frozen addressed approved refused'.split()
OWN_SLOT = 'passphrase-changed recovery-used recovery-renewed'.split()

class Authority:
    """Computed from the ledger alone. Entry k, and the checkpoint that its actor signs at size k+1, are judged by
    entries 0 to k-1; genesis speaks for itself."""

    def __init__(self):
        self.roles, self.keys, self.last = {}, {}, -1  # {member: role}, {key: member}, seq of the last keys entry
        self.breaks = []  # Where nobody but the new key itself vouches for it.

    def apply(self, seq, entry):
        """Judges an entry by those before it, then lets it count. Returns what is wrong, or None."""
        kind, detail = entry['type'], entry['detail']
        key, role, member = entry['actor']['fingerprint'], entry['actor']['role'], detail.get('member')
        if kind == 'genesis':
            if seq or self.last != -1 or (key, role) != (detail['fingerprint'], detail['role']):
                return 'genesis-wrong'
            self.roles[member], self.keys[key], self.last = role, member, 0
            return None
        if seq == 0:
            return 'genesis-wrong'
        # The only officer's new key in the place of the lost one.
        alone = (kind == 'key-replaced' and key == detail['to'] and role == self.roles.get(member) == 'officer'
                 and list(self.roles.values()).count('officer') == 1)
        problem = None
        if not alone and self.roles.get(self.keys.get(key)) != role:
            problem = 'actor-not-authorised'
        elif role != 'officer' and kind not in (AUDITOR_MAY if role == 'auditor' else APPROVER_MAY):
            problem = 'role-exceeded'
        elif kind in OWN_SLOT and self.keys.get(key) != member:
            problem = 'member-wrong'
        if kind.startswith(('member-', 'key-')):
            if problem is None and detail['prevKeys'] != self.last:
                problem = 'keys-chain'
            if problem is None and not self.makes_sense(kind, detail, key, role, alone):
                problem = 'member-wrong'
            self.count(kind, detail)
            self.last, self.breaks = seq, self.breaks + [seq] * alone
        return problem

    def makes_sense(self, kind, detail, key, role, alone):
        """Nobody leaves or changes their own role, so an officer is always left. A key comes with its member, by
        rotation or by replacement; key-made gives one only to who has none any more."""
        member, own = detail['member'], self.keys.get(key) == detail['member']
        if kind == 'member-added':
            return member not in self.roles and detail['fingerprint'] not in self.keys
        if kind in ('member-removed', 'member-role'):
            was = self.roles.get(member)
            return not own and self.keys.get(detail['fingerprint']) == member and was == detail.get('from', was)
        if kind == 'key-made':
            return member in self.roles and member not in self.keys.values() and detail['fingerprint'] not in self.keys
        if kind == 'key-rotated':
            return own and detail['from'] == key and detail['to'] not in self.keys
        if kind == 'key-replaced':
            return self.keys.get(detail['from']) == member and (alone or not own) and detail['to'] not in self.keys
        revoked = detail['fingerprint']
        return (own or role == 'officer') and self.keys.get(revoked, member) == member and revoked != key

    def count(self, kind, detail):
        member = detail['member']
        if kind == 'member-removed':
            self.roles.pop(member, None)
            self.keys = {key: holder for key, holder in self.keys.items() if holder != member}
        elif kind in ('member-added', 'member-role'):
            self.roles[member] = detail['role' if kind == 'member-added' else 'to']
        if kind in ('key-rotated', 'key-replaced', 'key-revoked'):
            self.keys.pop(detail['fingerprint' if kind == 'key-revoked' else 'from'], None)
        if kind in ('member-added', 'key-made', 'key-rotated', 'key-replaced'):
            self.keys[detail.get('to', detail.get('fingerprint'))] = member

def document(data, shape):
    value = parse(data)
    check_shape(OBJECTS[shape], value)
    return value

def read_entry(line, found):
    if len(line) > 4096:
        raise Wrong('entry-too-large', 'longer than 4096 bytes')
    entry = parse(line, 'valise.entry/1')
    kind = entry.get('type')
    if not isinstance(kind, str) or kind not in DETAILS:
        raise Wrong('entry-type-unknown', 'of a type that this copy of verify.py does not know')
    check_shape(OBJECTS['entry'], entry)
    check_shape(DETAILS[kind], entry['detail'], found)
    return entry

# --- The bundle ------------------------------------------------------------------------------------------------------

FIXED = ('entries.jsonl checkpoint checkpoint.asc checkpoints.jsonl proofs.jsonl openings.jsonl witnesses.jsonl'
         ' README.txt verify.py').split()
NAMES = '|'.join(map(re.escape, FIXED)) + (
    r'|certificates/(?:%s)-%s\.asc|receipts/%s\.(?:json|asc)|approvals/%s\.sig|statements/%s\.json|recorded/%s\.bin'
    r'|complaints/%s\.json|notices/%s\.json|timestamps/%s\.tsr' % ((FPR,) + (DIGEST,) * 8))
# Where the file stands that an entry names in this member of its detail.
FOLDERS = {'certificate': 'certificates', 'receipt': 'receipts', 'signature': 'approvals', 'statement': 'statements',
           'evidence': 'recorded', 'complaint': 'complaints', 'notice': 'notices',
           'response': 'timestamps'}

class Bundle:
    def __init__(self, folder, trust):
        self.folder, self.trust, self.gpg = folder, trust, Gpg()
        self.problems, self.unchecked, self.notes = [], [], []  # [(place, code, text)], [place], [text]
        self.signatures = []  # (place, code, packet, data, signer, size of the signed tree): gpg judges them at the end
        self.evidence, self.receipts, self.openings, self.proofs, self.facts = {}, {}, {}, {}, {}
        self.last, self.roots, self.ends, self.origin, self.vault, self.count = {}, {}, [], '', '', 0
        self.bodies = {}  # {size: digest of the body of the kept checkpoint}
        self.named, self.good = set(), {}  # {digest of a text}, {size of a well signed tree: its signer}

    def wrong(self, place, code, text):
        if sum(1 for problem in self.problems if problem[1] == code) < (1 if code == 'checkpoint-root' else 20):
            self.problems.append((place, code, text))

    def attempt(self, place, work, *arguments):
        """Runs one check. What it finds wrong is noted with its place, and the others go on."""
        try:
            return work(*arguments)
        except Wrong as wrong:
            return self.wrong(place, wrong.code, str(wrong))

    def read(self, name):
        path = os.path.join(self.folder, name)
        if not os.path.lexists(path) or not stat.S_ISREG(os.lstat(path).st_mode):
            raise Wrong('file-missing', 'there is no such plain file')
        with open(path, 'rb') as file:
            return file.read()

    def lines(self, name):
        for number, line in enumerate(io.BytesIO(self.read(name)), 1):
            place = '%s line %d' % (name, number)
            if line.endswith(b'\n'):
                yield place, line[:-1]
            else:
                self.wrong(place, 'file-malformed', 'not ended by LF')

    def documents(self, name, shape):
        pairs = ((place, self.attempt(place, document, line, shape)) for place, line in self.lines(name))
        return [(place, value) for place, value in pairs if value is not None]

    def sign_later(self, place, code, armor, data, signer, size=0):
        packet = self.attempt(place, dearmor, armor, 'SIGNATURE')
        if packet is not None:
            self.signatures.append((place, code, packet, data, signer, size))

    def check(self, previous=None):
        """Everything, in an order that lets every later step use what the earlier ones found."""
        is_bundle = self.attempt('bundle.json', self.read_bundle)
        if not is_bundle or any(code == 'file-missing' for _, code, _ in self.problems):
            return  # What is not all there cannot be judged.
        for name in sorted(self.files):
            if '/' in name:
                self.attempt(name, self.read_evidence, name, *re.split('[/.]', name))
        self.gpg.note_ends()
        kept = [(place, line['body'].encode(), line['signature'].encode(), place)
                for place, line in self.documents('checkpoints.jsonl', 'kept')]
        kept += [('checkpoint', self.read('checkpoint'), self.read('checkpoint.asc'), 'checkpoint.asc')]
        checkpoints = [self.attempt(place, parse_checkpoint, body) for place, body, _, _ in kept]
        self.last = checkpoints[-1] or {}
        self.bodies = {each['size']: sha256(body).hexdigest()
                       for each, (_, body, _, _) in zip(checkpoints[:-1], kept) if each}
        self.roots = {self.last['size']: self.last['root']} if self.last else {}
        for place, opening in self.documents('openings.jsonl', 'opening'):
            self.openings[opening['digest']] = place
            if sha256(bytes.fromhex(opening['salt']), opening['value'].encode()).hexdigest() != opening['digest']:
                self.wrong(place, 'opening-mismatch', 'its digest does not commit to this text')
        for place, proof in self.documents('proofs.jsonl', 'proof'):
            self.proofs[proof['seq']] = (place, proof['hashes'])
        seen = [(name, receipt['witnessed']) for name, receipt in self.receipts.values()]
        self.walk({each.get('size') for each in checkpoints + [previous] + [position for _, position in seen] if each})
        if self.bundle['by']['fingerprint'] not in self.authority.keys:
            self.wrong('bundle.json', 'exporter-unknown', 'its maker is no member of this ledger')
        for place, _ in self.proofs.values():
            self.wrong(place, 'proof-wrong', 'a proof of an entry that is not here, or needs none')
        for digest in set(self.openings) - self.named:
            self.wrong(self.openings[digest], 'opening-unnamed', 'no entry commits to this text')
        for checkpoint, (place, body, armor, place_of_signature) in zip(checkpoints, kept):
            if checkpoint:
                self.check_checkpoint(place, checkpoint, body, armor, place_of_signature)
        if self.whole and self.last and self.last['size'] < self.count:
            self.wrong('checkpoint', 'checkpoint-not-last', 'it is over fewer entries than there are')
        for name, position in seen:
            if position.get('origin') == self.origin:
                self.attempt(name, self.check_position, position)
        if previous:
            self.attempt('previous', self.check_previous, previous)
        for place, line in self.documents('witnesses.jsonl', 'witness'):
            self.sign_later(place, 'witness', line['signature'].encode(), line['checkpoint'].encode(), line['by'])
        self.judge_signatures()

    def read_bundle(self):
        data = self.read('bundle.json')
        self.bundle = bundle = document(data, 'bundle')
        self.files, self.whole = bundle['files'], bundle['scope'] == 'whole'
        if not isinstance(self.files, dict) or not all(
                re.fullmatch(NAMES, name) and is_kind('digest', digest) for name, digest in self.files.items()):
            raise Wrong('document-refused', 'files is not the list of the files of a bundle')
        there = {os.path.relpath(os.path.join(folder, name), self.folder).replace(os.sep, '/')
                 for folder, folders, names in os.walk(self.folder)
                 for name in names + [each for each in folders if os.path.islink(os.path.join(folder, each))]}
        for name in sorted(there - set(self.files) - {'bundle.json', 'bundle.json.asc'}):
            self.wrong(ascii(name)[1:-1], 'file-extra', 'bundle.json does not list this file')
        for name in sorted(set(FIXED) - set(self.files)):
            self.wrong(name, 'file-missing', 'bundle.json does not list it')
        for name, digest in sorted(self.files.items()):
            content = self.attempt(name, self.read, name)
            if content is not None and sha256(content).hexdigest() != digest:
                self.wrong(name, 'file-mismatch', 'bundle.json lists another SHA-256')
        armor = self.attempt('bundle.json.asc', self.read, 'bundle.json.asc')
        if armor is not None:
            self.sign_later('bundle.json.asc', 'bundle-signature', armor, data, bundle['by']['fingerprint'])
        return True

    def read_evidence(self, name, folder, stem, ending):
        """Files that are called by their digest, so that entries can name them."""
        data, beside = self.read(name), '%s/%s.%s' % (folder, stem, 'json' if ending == 'asc' else 'asc')
        if folder == 'receipts' and beside not in self.files:
            raise Wrong('receipt-signature', 'there is no %s beside it' % beside)
        if folder == 'receipts' and ending == 'asc':
            return
        if folder == 'certificates':
            data = dearmor(data, 'PUBLIC KEY BLOCK')
            self.gpg.add(stem.partition('-')[0], data)
        digest = sha256(data).hexdigest()
        if not stem.endswith(digest):
            raise Wrong('file-mismatch', 'its name is not made of its digest')
        self.evidence[folder, digest] = name
        if folder == 'receipts':
            receipt = document(data, 'receipt')
            if receipt['witnessed']['result'] != 'none' and len(receipt['witnessed']) != 5:
                raise Wrong('document-refused', 'a member of witnessed is missing')
            self.receipts[digest] = (name, receipt)
            self.sign_later(beside, 'receipt-signature', self.read(beside), data, receipt['by']['fingerprint'])

    def walk(self, wanted):
        """Every entry in order: its form, its place in the chain, whether its actor may make it, what it names."""
        leaves, authority, prev, before = [], Authority(), '0' * 64, None
        root = root_of(leaves)
        wanted = wanted if self.whole else set(self.roots)
        for place, line in self.entries():
            found, seq = [], self.count if self.whole else (before['seq'] + 1 if before else 0)
            place = 'entry %d' % seq if self.whole else place
            entry = self.attempt(place, read_entry, line, found)
            leaf, digest = sha256(b'\0', line).digest(), sha256(line).hexdigest()
            self.origin = self.origin or 'valise/' + digest
            if entry:
                if entry['seq'] != seq and (self.whole or before is None or entry['seq'] < seq):
                    self.wrong(place, 'seq-wrong', 'it says that it is entry %d' % entry['seq'])
                follows = self.whole or entry['seq'] == seq
                if follows and entry['prev'] != prev:
                    self.wrong(place, 'prev-mismatch', 'its prev is not the SHA-256 of the entry before it')
                if follows and before and entry['at'] < before['at'] and entry['type'] != 'clock-went-back':
                    self.wrong(place, 'time-order', 'it is earlier than the entry before it')
                if self.whole and before and before['actor']['fingerprint'] != entry['actor']['fingerprint']:
                    self.ends.append(seq)
                seq = seq if self.whole else entry['seq']
                problem = authority.apply(seq, entry)
                if problem:
                    self.wrong(place, problem, 'its actor may not make it, or not so')
                self.check_named(place, entry, found)
                hashes = None if self.whole else self.hashes_of(seq, place)
                size, before = self.last.get('size', 0), entry
                if not self.whole and (hashes is None or seq >= size
                                       or root_by_proof(seq, size, leaf, hashes).hex() != self.last['root']):
                    self.wrong(place, 'proof-wrong', 'it is not proved to be in the tree of the checkpoint')
            leaves.append(leaf)
            prev, self.count = digest, self.count + 1
            if before and (self.whole or entry) and seq + 1 in wanted:
                self.facts[seq + 1] = {
                    'origin': self.origin, 'root': root(self.count) if self.whole else self.roots[seq + 1],
                    'head': prev, 'time': before['at'], 'keys': authority.last,
                    'signer': before['actor']['fingerprint']}
        self.ends, self.authority = self.ends + [self.count] if self.whole else list(self.roots), authority
        for seq in authority.breaks:
            self.notes.append('entry %d replaces a lost key, and nobody vouches for the new one.' % seq)

    def entries(self):
        return self.lines('entries.jsonl')

    def hashes_of(self, seq, place):
        """What leads from an entry of a part to the root of the checkpoint."""
        return self.proofs.pop(seq, ('', None))[1]

    def check_named(self, place, entry, found):
        """The files and texts that an entry names by digest are there, and say the same."""
        detail, subject = entry['detail'], entry['subject']
        self.vault = detail['vault'] if entry['type'] == 'genesis' else self.vault
        for kind, key, digest in found:
            if kind == 'commit':
                self.named.add(digest)
                if digest not in self.openings and not self.bundle['filters']['redacted']:
                    self.wrong(place, 'opening-missing', 'the text behind its %s is not in the bundle' % key)
            elif (FOLDERS[key], digest) not in self.evidence and not (
                    self.bundle['filters']['redacted'] and key in (
                        'receipt', 'signature', 'evidence', 'complaint', 'notice')):
                self.wrong(place, 'evidence-missing', 'its %s is not in the bundle' % key)
        _, receipt = self.receipts.get(detail.get('receipt'), ('', None))
        if receipt:
            says = [receipt['by']['fingerprint'], receipt['kind'], receipt['packageId'], receipt['manifestDigest']]
            said = [detail.get('by', entry['actor']['fingerprint']), detail['kind'], subject.get('package'),
                    subject.get('manifest')]
            if entry['type'] == 'receipt-in':
                says += [receipt['at'], receipt['witnessed']['result'], receipt.get('reason', {}).get('code')]
                said += [detail['at'], detail['witnessed'], detail.get('reason')]
            if said != says:
                self.wrong(place, 'receipt-mismatch', 'it does not say what its receipt says')
        if entry['type'] == 'timestamped':
            self.attempt(place, self.check_stamp, detail)
        self.check_rotation(detail)

    def check_rotation(self, detail):
        """Both keys said that the second takes the place of the first."""
        name = self.evidence.get(('statements', detail.get('statement')))
        rotation = name and self.attempt(name, lambda: document(self.read(name), 'rotation'))
        if rotation:
            statement, facts = rotation['statement'], {**detail, 'vault': self.vault}
            if any(statement[key] != facts[key] for key in ('vault', 'member', 'from', 'to', 'certificate')):
                self.wrong(name, 'rotation-unproven', 'it is a statement about something else')
            for key in ('from', 'to'):
                armor = rotation['signatures'][key].encode()
                self.sign_later(name, 'rotation-unproven', armor, encode(statement), detail[key])

    def check_stamp(self, detail):
        """The response holds the digest of that checkpoint; who gave it, `openssl ts -verify` says."""
        name, stamped = self.evidence.get(('timestamps', detail['response'])), detail['checkpoint']
        if name and (self.bodies.get(detail['size'], stamped) != stamped
                     or bytes.fromhex(stamped) not in self.read(name)):
            raise Wrong('timestamp-mismatch', 'its response is not about the checkpoint of that size')

    def check_checkpoint(self, place, checkpoint, body, armor, place_of_signature):
        """What a checkpoint says is so in this ledger, and its signer is the actor of its last entry."""
        facts = self.facts.get(checkpoint['size'])
        if facts is None:
            return self.wrong(place, 'checkpoint-beyond', 'it is over %d entries' % checkpoint['size'])
        for member in ('origin', 'root', 'head', 'time', 'keys'):
            if facts[member] != checkpoint[member]:
                return self.wrong(place, 'checkpoint-' + member, 'its %s is not that of its entries' % member)
        self.sign_later(place_of_signature, 'checkpoint-signature', armor, body, facts['signer'], checkpoint['size'])

    def check_position(self, seen):
        """What somebody else saw of this ledger has to be a position that it went through."""
        facts = self.facts.get(seen['size'])
        if seen['size'] > self.last.get('size', self.count):
            raise Wrong('rollback', 'this ledger had %d entries before' % seen['size'])
        if facts and (facts['root'], facts['head']) != (seen['root'], seen['head']):
            raise Wrong('fork', 'the first %d entries of this ledger were others before' % seen['size'])

    def check_previous(self, previous):
        if previous['origin'] != self.origin:
            raise Wrong('previous-other', 'it is a bundle of another ledger: ' + previous['origin'])
        self.check_position(previous)
        if previous['size'] not in self.facts:
            raise Wrong('previous-unclear', 'this bundle does not hold what the comparison needs')

    def facts_found(self):
        """What it says about the ledger, in lines."""
        part = ['A part of the ledger: it proves that these entries are in it, not that there are no others.']
        return ['entries %d of %d' % (self.count, self.last['size'])] + part * (not self.whole)

    def judge_signatures(self):
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            verdicts = pool.map(lambda each: self.gpg.verify(*each[2:5]), self.signatures)
        for (place, code, _, _, signer, size), problem in zip(self.signatures, verdicts):
            if code == 'witness' and problem:
                self.notes.append('%s is no evidence of another ledger: %s' % (place, problem))
            elif problem == 'not-checked':
                self.unchecked.append('%s: a signature by %s cannot be checked with this gpg' % (place, signer))
            elif problem:
                self.wrong(place, code, problem)
            elif size:
                self.good[size] = signer
        unsure = {each[5] for each in self.signatures if each[4] in self.gpg.unknown}
        for size in sorted(set(self.ends) - set(self.good) - unsure):
            self.wrong('entry %d' % (size - 1), 'checkpoint-missing', 'nobody signed for the entries up to this one')

# --- A proof: one document about one entry, or about two checkpoints. Its places are its members. --------------------

class Proof(Bundle):
    def __init__(self, path, trust):
        super().__init__(path, trust)
        self.whole, self.proved = False, None

    def check(self, previous=None):
        proof = self.proof = self.attempt('proof', self.read_proof)
        if not proof:
            return
        for index, holder in enumerate(proof['certificates']):
            self.attempt('certificates[%d]' % index, self.read_certificate, holder)
        self.gpg.note_ends()
        for index, text in enumerate(proof['statements']):
            self.evidence['statements', sha256(text.encode()).hexdigest()] = 'statements[%d]' % index
        self.last = self.attempt('checkpoint', parse_checkpoint, proof['checkpoint']['body'].encode()) or {}
        earlier = proof.get('earlier') and self.attempt('earlier', parse_checkpoint, proof['earlier']['body'].encode())
        if earlier and self.last:
            older, hashes = bytes.fromhex(earlier['root']), list(map(bytes.fromhex, proof['earlier']['hashes']))
            roots = roots_by_proof(earlier['size'], self.last['size'], older, hashes)
            if roots != (older, bytes.fromhex(self.last['root'])):
                self.wrong('earlier', 'proof-wrong', 'the ledger is not proved to continue what it was there')
        self.roots = {each['size']: each['root'] for each in (earlier, self.last) if each}
        self.walk(set())
        for place, checkpoint in (('earlier', earlier), ('checkpoint', self.last)):
            if checkpoint:
                body, armor = proof[place]['body'].encode(), proof[place]['signature'].encode()
                self.check_checkpoint(place, checkpoint, body, armor, place)
        if 'seq' in proof and not self.proved:
            self.wrong('seq', 'entry-missing', 'the entry that it proves is not in it')
        if previous:
            self.attempt('previous', self.check_previous, previous)
        self.judge_signatures()

    def read_proof(self):
        with open(self.folder, 'rb') as file:
            data = file.read()
        proof = parse(data[:-1] if data.endswith(b'\n') else data, 'valise.proof/1')
        check_shape(OBJECTS['evidence'], proof)
        if ('seq' in proof) == ('earlier' in proof) or not proof['entries']:
            raise Wrong('document-refused', 'it proves nothing, or two things')
        return proof

    def read_certificate(self, holder):
        data = dearmor(holder['armored'].encode(), 'PUBLIC KEY BLOCK')
        self.gpg.add(holder['fingerprint'], data)
        self.evidence['certificates', sha256(data).hexdigest()] = holder['fingerprint']

    def read(self, name):
        return self.proof['statements'][int(re.search('[0-9]+', name)[0])].encode()

    def entries(self):
        return (('entries[%d]' % index, each['text'].encode()) for index, each in enumerate(self.proof['entries']))

    def hashes_of(self, seq, place):
        return self.proof['entries'][int(re.search('[0-9]+', place)[0])]['hashes']

    def check_named(self, place, entry, found):
        """Keys entries prove who may act, so what they name has to be here; others name it in vain."""
        if self.proof.get('seq') == entry['seq']:
            self.proved = encode(entry)
        if entry['type'] == 'genesis':
            self.vault = entry['detail']['vault']
        if not entry['type'].startswith(('genesis', 'member-', 'key-')):
            return
        for kind, key, digest in found:
            if kind == 'named' and (FOLDERS[key], digest) not in self.evidence:
                self.wrong(place, 'evidence-missing', 'its %s is not in the proof' % key)
        self.check_rotation(entry['detail'])

    def facts_found(self):
        """What it says about the ledger, in lines."""
        size = self.last['size']
        if self.proved is None:
            older = min(self.roots)
            return ['The ledger of %d entries continues the one of %d entries.' % (size, older)]
        digest = sha256(self.proved).hexdigest()
        return [self.proved.decode(), 'sha256 ' + digest,
                'It is entry %d of a ledger of %d.' % (self.proof['seq'], size)]

# --- The verdict -----------------------------------------------------------------------------------------------------

def report(bundle):
    """Prints what was found, and answers with the exit code."""
    for line in ['%s: %s [%s]' % (place, text, code) for place, code, text in bundle.problems] + bundle.unchecked:
        print(line)
    for note in bundle.notes:
        print('Note: ' + note)
    if bundle.problems:
        print('FAILED: something is wrong in the places above. Do not rely on this %s.' % type(bundle).__name__.lower())
        return 4
    size, signer = bundle.last['size'], bundle.facts[bundle.last['size']]['signer']
    confirmed = max([up_to for up_to, by in bundle.good.items() if by in bundle.trust], default=0)
    print('\n'.join(['ledger ' + bundle.origin] + bundle.facts_found()))
    print('root %s\nhead %s' % (bundle.last['root'], bundle.last['head']))
    if bundle.unchecked:
        print('NOT CHECKED: some signatures, named above. Nothing else is wrong. Use a program that knows such keys.')
    elif not confirmed:
        print('Consistent; signer NOT confirmed: compare %s with the fingerprint that you know.' % signer)
    elif confirmed < size:
        print('Verified up to size %d, which %s signed, whom you trust. From entry %d on it is signed by %s, whom you'
              ' did not name.' % (confirmed, bundle.good[confirmed], confirmed, signer))
    else:
        print('Verified: consistent, and signed by %s, whom you trust.' % signer)
    return 0 if confirmed and not bundle.unchecked else 3

def is_document(path):
    if not os.path.isfile(path):
        return False
    with open(path, 'rb') as file:
        return file.read(1) == b'{'

def main():
    parser = argparse.ArgumentParser(usage='verify.py [PATH] [--trust FPR ...] [--previous OLD_BUNDLE]')
    parser.add_argument('bundle', nargs='?')
    parser.add_argument('--trust', nargs='+', action='extend', default=[])
    parser.add_argument('--previous')
    given, previous = parser.parse_args(), None
    if given.bundle is None and given.trust and os.path.exists(given.trust[-1]):
        given.bundle = given.trust.pop()
    folder = given.bundle or os.path.dirname(os.path.abspath(__file__))
    trust = [re.sub('[ :]', '', each).upper() for each in given.trust]
    if not (os.path.isdir(folder) or is_document(folder)) or not all(re.fullmatch(FPR, each) for each in trust):
        parser.error('PATH has to be the folder of a bundle (unpack a tar first) or a proof, a fingerprint 40 or 64'
                     ' hex digits')
    try:
        if given.previous:
            with open(os.path.join(given.previous, 'checkpoint'), 'rb') as file:
                previous = parse_checkpoint(file.read())
    except (OSError, Wrong):
        parser.error('--previous has to be the folder of an older bundle, with its checkpoint')
    bundle = Bundle(folder, trust) if os.path.isdir(folder) else Proof(folder, trust)
    try:
        bundle.check(previous)
    finally:
        shutil.rmtree(bundle.gpg.home, ignore_errors=True)
    return report(bundle)

if __name__ == '__main__':
    sys.exit(main())
