import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { pickNew, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  Dialog,
  Select,
  Skeleton,
  TextField,
  WorkBar,
  useFormats,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { DraftFile } from './form.ts';
import { SampleRows } from './SampleRows.tsx';
import {
  CONDITIONS,
  FATES,
  fateOf,
  rulesOf,
  type Chosen,
  type Condition,
  type Fate,
  type Rules,
} from './table-rules.ts';

type Look = ValueOf<Contract['tables']['look']>;

/** Of the choice of all rows; those of columns begin with another sign. */
const ALL_ROWS = 'all';

/** Makes a table of a draft smaller: what stays of each column, which rows, and how it looks then. */
export function MinimiseDialog({
  id,
  file,
  onClose,
}: {
  readonly id: string;
  readonly file: DraftFile;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation('compose');
  const formats = useFormats();
  const [chosen, setChosen] = useState<Chosen>({
    fates: {},
    column: null,
    condition: 'equals',
    values: '',
  });
  const asked = { package: id, path: file.path };
  const { value: look, failure } = useAnswer(
    () => bridge.tables.look(asked),
    `table-${id}-${file.path}`,
  );
  const columns = look?.columns.map(({ name }) => name) ?? [];
  const rules = rulesOf(columns, chosen);
  const name = file.path.replace(/^.*\//, '');
  const act = useAct(async (given: Rules, following) => {
    const picked = await pickNew(t('minimise.fileName', { name }));
    return picked.ok
      ? bridge.tables.minimise({ ...asked, rules: given, out: picked.value }, following)
      : picked;
  });
  const run = async (given: Rules) => {
    const done = await act.run(given);
    if (done === undefined) return;
    const text = t('minimise.done', {
      rows: formats.count(done.rowsOut),
      of: formats.count(done.rowsIn),
      bytes: formats.bytes(done.bytesOut),
    });
    tellWritten(text, done.written, t('minimise.reveal'));
    onClose();
  };
  const kindOf = (kind: string) =>
    i18n.exists(`minimise.kind.${kind}`, { ns: 'compose' })
      ? t(`minimise.kind.${kind}` as never)
      : kind;
  const looksOf = ({ suspicions, filled }: Look['columns'][number]) =>
    t('minimise.looks', {
      what: formats.list(
        suspicions.map(({ kind, values }) =>
          values === 0
            ? t('minimise.byHeading', { kind: kindOf(kind) })
            : t('minimise.byValues', {
                kind: kindOf(kind),
                count: formats.count(values),
                of: formats.count(filled),
              }),
        ),
      ),
    });
  return (
    <Dialog
      title={t('minimise.title', { name })}
      isOpen
      size="large"
      isFirm={act.isRunning}
      onClose={onClose}
      actions={
        !act.isRunning && (
          <>
            <Button variant="quiet" onPress={onClose}>
              {t('minimise.notNow')}
            </Button>
            <Button
              variant="primary"
              icon="file"
              disabledReason={rules === undefined ? t('minimise.nothing') : undefined}
              onPress={() => {
                if (rules !== undefined) void run(rules);
              }}
            >
              {t('minimise.act')}
            </Button>
          </>
        )
      }
    >
      <div className="v-compose-table">
        <p>{t('minimise.text')}</p>
        <FailureNote failure={failure ?? act.failure} />
        {look === undefined && failure === undefined && <Skeleton lines={6} />}
        {look !== undefined && (
          <>
            <ul className="v-compose-columns" aria-label={t('minimise.columns')}>
              {look.columns.map((one) => (
                <li key={one.name}>
                  <span>
                    <span className="v-strong">{one.name}</span>
                    {one.suspicions.length > 0 && (
                      <span className="v-compose-looks v-muted">{looksOf(one)}</span>
                    )}
                  </span>
                  <Select<Fate>
                    label={t('minimise.fateOf', { name: one.name })}
                    isCompact
                    choices={FATES.map((fate) => ({
                      id: fate,
                      label: t(`minimise.fates.${fate}`),
                    }))}
                    value={fateOf(chosen, one.name)}
                    onChange={(fate) => {
                      setChosen((now) => ({ ...now, fates: { ...now.fates, [one.name]: fate } }));
                    }}
                  />
                </li>
              ))}
            </ul>
            <div className="v-compose-where">
              <Select
                label={t('minimise.rows')}
                choices={[
                  { id: ALL_ROWS, label: t('minimise.allRows') },
                  ...columns.map((column) => ({
                    id: `=${column}`,
                    label: t('minimise.rowsBy', { column }),
                  })),
                ]}
                value={chosen.column === null ? ALL_ROWS : `=${chosen.column}`}
                onChange={(column) => {
                  setChosen((now) => ({
                    ...now,
                    column: column === ALL_ROWS ? null : column.slice(1),
                  }));
                }}
              />
              {chosen.column !== null && (
                <>
                  <Select<Condition>
                    label={t('minimise.condition')}
                    choices={CONDITIONS.map((one) => ({
                      id: one,
                      label: t(`minimise.conditions.${one}`),
                    }))}
                    value={chosen.condition}
                    onChange={(condition) => {
                      setChosen((now) => ({ ...now, condition }));
                    }}
                  />
                  <TextField
                    label={t('minimise.values')}
                    {...(chosen.condition === 'equals'
                      ? {}
                      : { description: t('minimise.valuesHint') })}
                    value={chosen.values}
                    onChange={(values) => {
                      setChosen((now) => ({ ...now, values }));
                    }}
                  />
                </>
              )}
            </div>
            <SampleRows label={t('minimise.before')} columns={columns} rows={look.first} />
            {rules !== undefined && <After asked={asked} rules={rules} />}
          </>
        )}
        {act.isRunning && (
          <WorkBar
            label={t('minimise.running')}
            done={act.running?.done ?? 0}
            {...(act.running === undefined ? {} : { total: act.running.total })}
            {...(act.running?.speed === undefined ? {} : { speed: act.running.speed })}
            onCancel={act.cancel}
            isCancelling={act.isCancelling}
          />
        )}
      </div>
    </Dialog>
  );
}

/** The first rows as they would be; pseudonyms are of this draw until there is a key. */
function After({
  asked,
  rules,
}: {
  readonly asked: { readonly package: string; readonly path: string };
  readonly rules: Rules;
}) {
  const { t } = useTranslation('compose');
  const { value, failure } = useAnswer(
    () => bridge.tables.preview({ ...asked, rules }),
    `preview-${asked.path}-${JSON.stringify(rules)}`,
  );
  if (value === undefined)
    return failure === undefined ? <Skeleton lines={3} /> : <FailureNote failure={failure} />;
  return <SampleRows label={t('minimise.after')} columns={value.columns} rows={value.rows} />;
}
