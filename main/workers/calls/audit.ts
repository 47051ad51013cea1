import type { Contract } from '../../../preload/contract/index.ts';
import type { InputOf } from '../../../preload/contract/kinds.ts';
import { csv } from '../../domain/csv.ts';
import { EntryType } from '../../domain/ledger/entry-types.ts';
import { instant } from '../../domain/time.ts';
import type { Sample, SampleRequest } from '../../services/audit.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';
import { shownRow } from './ledger.ts';

type Asked = InputOf<Contract['audit']['sample']>;

/** What an auditor draws and writes down, for the window. */
export function auditCalls(office: Office): Answers<Contract['audit']> {
  return {
    sample: async (asked, work) => {
      const sample = await office.open.audit.sample(requestOf(asked), work);
      const items = sample.items.map(({ draw, rank, ...row }) => ({
        ...shownRow(row),
        draw,
        rank,
      }));
      return { ...sample, items };
    },
    saveSample: async ({ out, format, ...asked }, work) => {
      const sample = await office.open.audit.sample(requestOf(asked), work);
      const text = format === 'csv' ? sampleCsv(sample) : `${JSON.stringify(sample, null, 2)}\n`;
      const { files, clock } = office.tools;
      const name = `valise-sample-${stamp(clock.now())}.${format}`;
      const path = files.join(out.place, name);
      await files.write(path, new TextEncoder().encode(text));
      return { name, written: { place: path, use: 'written' } };
    },
    note: (finding) => office.open.audit.note(finding),
    notes: () => office.open.audit.notes(),
  };
}

/** A moment as it can stand in the name of a file. */
export function stamp(moment: Date): string {
  return instant(moment).replace(/[-:]/g, '');
}

function requestOf({ seed, count, size, filter = {} }: Asked): SampleRequest {
  const { types, ...rest } = filter;
  const known = types?.flatMap((type) => EntryType.safeParse(type).data ?? []);
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    seed,
    count,
    ...(size === undefined ? {} : { size }),
    filter: { ...Object.fromEntries(given), ...(known === undefined ? {} : { types: known }) },
  };
}

/** What fixes the sample stands in every row, so that no row loses it. */
function sampleCsv({ seed, size, root, items }: Sample): string {
  return csv([
    ['seed', 'size', 'root', 'draw', 'entry', 'rank', 'at', 'type', 'actor', 'package'],
    ...items.map((item) => [
      ...[seed, size, root, item.draw, item.seq, item.rank, item.at, item.type],
      ...[item.actor.fingerprint, item.package?.id],
    ]),
  ]);
}
