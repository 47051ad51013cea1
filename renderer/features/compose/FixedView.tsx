import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { pickNew, pickOne, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import type { Answer } from '../../store/use-answer.ts';
import { useWindow } from '../../store/create-store.ts';
import { BlockList, Button, Section } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { Agreement, ManifestFacts } from '../packages/index.ts';
import type { Blocker, Form, PackageView } from './form.ts';
import { SealPanel, type SealResult } from './SealPanel.tsx';
import { useBlocks } from './use-blocks.ts';
import type { Draft } from './use-draft.ts';

/** A package whose form stands: who agreed, what they signed, and the seal. */
export function FixedView({
  shown,
  form,
  draft,
  check,
  onSealed,
}: {
  readonly shown: PackageView;
  readonly form: Form;
  readonly draft: Draft;
  readonly check: Answer<{ readonly blockers: readonly Blocker[] }>;
  readonly onSealed: (result: SealResult) => void;
}) {
  const { t } = useTranslation('compose');
  const go = useWindow((state) => state.go);
  const blocks = useBlocks(shown.id, () => undefined);
  const { id, manifest, agreement } = shown;
  const blockers = check.value?.blockers;
  const asksElsewhere = agreement?.approvers.some(({ isMember }) => !isMember) === true;
  const request = useAct(async () => {
    const picked = await pickNew('approval-request.pgp');
    return picked.ok ? bridge.approvals.ask({ id, out: picked.value }) : picked;
  });
  const answer = useAct(async () => {
    const picked = await pickOne('sealed');
    return picked.ok ? bridge.approvals.add({ file: picked.value }) : picked;
  });
  const change = useAct(() => bridge.packages.change({ id }));
  return (
    <div className="v-compose-check">
      <div className="v-compose-stack">
        <Agreement package={shown} />
        {asksElsewhere && (
          <div className="v-compose-line">
            <Button
              size="small"
              icon="send"
              onPress={() => {
                void request.run(undefined).then((done) => {
                  if (done !== undefined)
                    tellWritten(
                      t('fixed.asked', { name: done.name }),
                      done.written,
                      t('fixed.reveal'),
                    );
                });
              }}
            >
              {t('fixed.request')}
            </Button>
            <Button
              size="small"
              icon="inbox"
              onPress={() => {
                void answer.run(undefined).then((done) => {
                  if (done !== undefined) messages.show({ tone: 'ok', text: t('fixed.answered') });
                });
              }}
            >
              {t('fixed.answer')}
            </Button>
          </div>
        )}
        <FailureNote failure={request.failure ?? answer.failure ?? change.failure} />
        {blockers !== undefined && blockers.length > 0 && (
          <Section title={t('check.blocks')}>
            <BlockList blocks={blocks(blockers)} />
          </Section>
        )}
        {manifest !== undefined && (
          <ManifestFacts manifest={manifest} bytes={shown.bytes} contents={shown.contents} />
        )}
        <div className="v-compose-line">
          <Button
            icon="edit"
            onPress={() => {
              void change.run(undefined).then((made) => {
                if (made !== undefined)
                  go({ screen: 'compose', id: made.package.id, step: 'check' });
              });
            }}
          >
            {t('fixed.change')}
          </Button>
          <span className="v-caption v-muted">{t('fixed.changeHint')}</span>
        </div>
      </div>
      <SealPanel
        shown={shown}
        form={form}
        draft={draft}
        blocked={blockers?.length}
        onSealed={onSealed}
      />
    </div>
  );
}
