import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { pickOne, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import {
  Button,
  CheckboxField,
  ComboBox,
  DateField,
  Dialog,
  RadioGroup,
  WorkBar,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { SCOPES, exportFilterOf, missingOf, type Scope, type Wanted } from './export-scope.ts';
import { useChoices } from './use-choices.ts';

/** What of the ledger goes out, and what whoever gets it will see. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('history');
  const { choices } = useChoices(true);
  const [wanted, setWanted] = useState<Wanted>({ scope: 'whole', isRedacted: false });
  const set = (change: Partial<Wanted>) => {
    setWanted((now) => ({ ...now, ...change }));
  };
  const act = useAct(async (asked: Wanted, following) => {
    const picked = await pickOne('out');
    if (!picked.ok) return picked;
    return bridge.ledger.export({ out: picked.value, filter: exportFilterOf(asked) }, following);
  });
  const run = async () => {
    const done = await act.run(wanted);
    if (done === undefined) return;
    tellWritten(t('exported', { count: done.entries, name: done.name }), done.written, t('reveal'));
    onClose();
  };
  const { scope, isRedacted } = wanted;
  const missing = missingOf(wanted);
  return (
    <Dialog
      title={t('export')}
      isOpen
      isFirm={act.isRunning}
      onClose={onClose}
      actions={
        !act.isRunning && (
          <>
            <Button variant="quiet" onPress={onClose}>
              {t('evidence.notNow')}
            </Button>
            <Button
              variant="primary"
              icon="folder-open"
              disabledReason={missing === undefined ? undefined : t(`evidence.missing.${missing}`)}
              onPress={() => void run()}
            >
              {t('evidence.write')}
            </Button>
          </>
        )
      }
    >
      {act.isRunning ? (
        <WorkBar
          label={t('exporting')}
          done={act.running?.done ?? 0}
          unit="entries"
          {...(act.running === undefined ? {} : { total: act.running.total })}
          {...(act.running?.speed === undefined ? {} : { speed: act.running.speed })}
          onCancel={act.cancel}
          isCancelling={act.isCancelling}
        />
      ) : (
        <div className="v-history-keep">
          <p className="v-muted">{t('evidence.lead')}</p>
          <RadioGroup<Scope>
            label={t('evidence.scope')}
            choices={SCOPES.map((id) => ({
              id,
              label: t(`evidence.of.${id}`),
              description: t(id === 'whole' ? 'evidence.provesAll' : 'evidence.provesPart'),
            }))}
            value={scope}
            onChange={(chosen) => {
              set({ scope: chosen });
            }}
          />
          {(scope === 'case' || scope === 'package') && (
            <ComboBox
              label={t(`filter.${scope}`)}
              choices={choices[scope]}
              value={wanted[scope] ?? null}
              onChange={(chosen) => {
                set({ [scope]: chosen ?? undefined });
              }}
            />
          )}
          {scope === 'days' && (
            <div className="v-history-days">
              {(['from', 'to'] as const).map((end) => (
                <DateField
                  key={end}
                  label={t(`filter.${end}`)}
                  value={wanted[end] ?? null}
                  onChange={(day) => {
                    set({ [end]: day ?? undefined });
                  }}
                />
              ))}
            </div>
          )}
          <CheckboxField
            isSelected={isRedacted}
            onChange={(chosen) => {
              set({ isRedacted: chosen });
            }}
            description={t('evidence.redactHint')}
          >
            {t('evidence.redact')}
          </CheckboxField>
        </div>
      )}
      <FailureNote failure={act.failure} />
    </Dialog>
  );
}
