#!/usr/bin/env python3
"""The indicators of an evidence bundle, computed without Valise: from entries.jsonl and nothing else.

    indicators.py BUNDLE DATA-CATEGORY.json [SINCE] [UNTIL]

Written from docs/formats/indicators.md. Prints one JSON document.
"""
import json
import math
import sys
from collections import Counter, defaultdict
from datetime import datetime, timezone

bundle, categories, *period = sys.argv[1:]
with open(bundle + '/entries.jsonl', encoding='utf-8') as lines:
    entries = [json.loads(line) for line in lines]
with open(categories, encoding='utf-8') as file:
    special = {item['code'] for item in json.load(file)['items'] if item.get('special')}
since = period[0] if period else ''
until = period[1] if len(period) > 1 else entries[-1]['at']
entries = [entry for entry in entries if entry['at'] <= until]


def clock(text):
    return int(datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=timezone.utc).timestamp())


def of_type(*types):
    return [entry for entry in entries if entry['type'] in types]


def spread(seconds):
    seconds = sorted(seconds)
    if not seconds:
        return {'count': 0}
    rank = lambda percent: seconds[math.ceil(len(seconds) * percent / 100) - 1]
    return {'count': len(seconds), 'median': rank(50), 'p90': rank(90)}


def grouped(pairs):
    groups = defaultdict(list)
    for code, seconds in pairs:
        groups[code].append(seconds)
    return [{'code': code, **spread(groups[code])} for code in sorted(groups)]


def tally(codes):
    return [{'code': code, 'count': count}
            for code, count in sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0]))]


def share(rows, is_so):
    return {'of': sum(1 for row in rows if is_so(row)), 'among': len(rows)}


def begun(entry):
    return entry['at'] >= since


# --- What became of each package of ours, recipient by recipient -----------------------------------------------------

addressed = defaultdict(list)
for entry in of_type('frozen', 'addressed'):
    addressed[entry['subject']['package']] += entry['detail']['recipients']
said = defaultdict(dict)  # (package, recipient) -> {outcome: first time it was said}
reason = {}
for entry in of_type('receipt-in', 'recorded'):
    detail = entry['detail']
    is_receipt = entry['type'] == 'receipt-in'
    who = (entry['subject']['package'], detail['by'] if is_receipt else detail['recipient'])
    what = detail['kind'] if is_receipt else detail['outcome']
    if what in said[who]:
        continue
    said[who][what] = detail['at'] if is_receipt else entry['at']
    if what == 'rejected' and 'reason' in detail:
        reason[who] = detail['reason']
sent_at = {}
for entry in of_type('dispatched'):
    sent_at.setdefault(entry['subject']['package'], entry['at'])
sealed = [entry for entry in of_type('sealed') if begun(entry)]
releases = [entry for entry in sealed if entry['detail']['facts']['kind'] == 'release']
pairs = [(entry, (entry['subject']['package'], recipient))
         for entry in releases for recipient in dict.fromkeys(addressed[entry['subject']['package']])]
facts = lambda entry: entry['detail']['facts']
got = lambda who: min(said[who].values()) if said[who] else None

# --- Cases -----------------------------------------------------------------------------------------------------------

asked = {}
for entry in of_type('case-opened'):
    day = entry['detail'].get('receivedOn')
    asked[entry['subject']['case']] = min(entry['at'], day + 'T00:00:00Z') if day else entry['at']
answered = {}
for entry in of_type('dispatched', 'rejected', 'delayed'):
    owner = entry['subject'].get('case')
    if owner in asked:
        answered.setdefault(owner, entry['at'])
opened = [entry for entry in of_type('case-opened') if begun(entry)]
response = lambda entry: (clock(answered[entry['subject']['case']]) - clock(asked[entry['subject']['case']])
                          if entry['subject']['case'] in answered else None)
remedies = defaultdict(dict)  # case -> {kind: the last report}
for entry in of_type('case-remedy'):
    remedies[entry['subject']['case']][entry['detail']['kind']] = entry['detail']
reports = [report for entry in opened for report in remedies[entry['subject']['case']].values()
           if report['kind'] != 'NONE-ELIG']
counted = [entry for entry in opened if 'affected' in entry['detail']
           and entry['detail'].get('affectedMethod') != 'unknown']

# --- Packages of others ----------------------------------------------------------------------------------------------

arrived = [entry for entry in of_type('arrived') if begun(entry)]
decided, refused, gone, held = {}, {}, set(), set()
for entry in of_type('accepted', 'rejected', 'destroyed', 'returned', 'held', 'hold-released'):
    package = entry['subject']['package']
    if entry['type'] in ('accepted', 'rejected'):
        decided[package] = entry['at']
    if entry['type'] == 'rejected':
        refused[package] = entry['detail']['reason']
    if entry['type'] in ('destroyed', 'returned'):
        gone.add(package)
    if entry['type'] == 'held':
        held.add(package)
    if entry['type'] == 'hold-released':
        held.discard(package)

# --- The indicators --------------------------------------------------------------------------------------------------

today = until[:10]
times = [(entry, max(0, clock(got(who)) - clock(asked[entry['subject']['case']])))
         for entry, who in pairs if got(who) and entry['subject'].get('case') in asked]
late = [(entry, who) for entry, who in pairs if facts(entry)['deleteBy'] < today and got(who)]
long_ago = [(entry, who) for entry, who in pairs
            if who[0] in sent_at and clock(until) - clock(sent_at[who[0]]) >= 3 * 86400]
odd = of_type('contact-excepted', 'contact-conflict', 'receipt-conflict', 'import-refused', 'fork-found',
              'rollback-found', 'clock-went-back')
print(json.dumps({
    'volume': {'released': len(releases), 'requested': len(sealed) - len(releases), 'received': len(arrived),
               'cases': len(opened)},
    'timeToRepatriation': {
        **spread([seconds for _, seconds in times]),
        'byInstrument': grouped((facts(entry)['instrument'], seconds) for entry, seconds in times),
        'byCountry': grouped((country, seconds) for entry, seconds in times for country in facts(entry)['countries']),
    },
    'decisionTime': spread([clock(decided[entry['subject']['package']]) - clock(entry['at']) for entry in arrived
                            if entry['subject']['package'] in decided]),
    'firstResponseTime': spread([response(entry) for entry in opened if response(entry) is not None]),
    'recovery': share(releases, lambda entry: all(
        'accepted' in said[who] for other, who in pairs if other is entry)),
    'offers': {
        'of': sum(max([report['offered'] for report in remedies[entry['subject']['case']].values()
                       if report['kind'] != 'NONE-ELIG'], default=0) for entry in counted),
        'among': sum(entry['detail']['affected'] for entry in counted),
    },
    'acceptance': {'of': sum(report['accepted'] for report in reports),
                   'among': sum(report['offered'] for report in reports)},
    'refusals': {'ours': tally(refused[entry['subject']['package']] for entry in arrived
                               if entry['subject']['package'] in refused),
                 'theirs': tally(reason[who] for _, who in pairs if who in reason)},
    'specialCategories': share(releases, lambda entry: bool(special & set(facts(entry)['categories']))),
    'minimisation': {'of': sum(facts(entry)['bytesReleased'] for entry in releases),
                     'among': sum(facts(entry)['bytesHeld'] for entry in releases)},
    'overdueRetention': share(arrived, lambda entry: facts(entry)['deleteBy'] < today
                              and entry['subject']['package'] not in gone | held),
    'certificates': share(late, lambda pair: 'destroyed' in said[pair[1]] or 'returned' in said[pair[1]]),
    'exceptions': tally(entry['type'] for entry in odd if begun(entry)
                        and entry['detail'].get('phase', 'found') == 'found'),
    'outstandingReceipts': share(long_ago, lambda pair: got(pair[1]) is None),
    'within72Hours': share(
        [entry for entry in opened if response(entry) is not None
         or clock(until) - clock(asked[entry['subject']['case']]) >= 72 * 3600],
        lambda entry: response(entry) is not None and response(entry) <= 72 * 3600),
}))
