import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  CheckboxField,
  Dialog,
  RadioGroup,
  SealButton,
  useFormats,
  WorkBar,
} from '../../ui/index.ts';
import { FolderField, useOffice, type Contact, type Folder } from '../packages/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Form, PackageView } from './form.ts';
import { useAffected, type SealResult } from './SealPanel.tsx';

/** Says in words what is about to happen, then does it, with a bar and a way out. */
export function SealDialog({
  shown,
  form,
  people,
  onClose,
  onSealed,
}: {
  readonly shown: PackageView;
  readonly form: Form;
  readonly people: readonly Contact[];
  readonly onClose: () => void;
  readonly onSealed: (result: SealResult) => void;
}) {
  const { t } = useTranslation('compose');
  const formats = useFormats();
  const office = useOffice();
  const affected = useAffected();
  const member = useWindow((state) =>
    state.vault?.state === 'open' ? state.vault.member.name : '',
  );
  const { value: channels } = useAnswer(() => bridge.exchange.channels(), 'channels');
  const [chosen, setPlace] = useState<'vault' | 'folder'>();
  // Without a channel, a file that only the vault has could not leave the house.
  const place = chosen ?? (channels?.length === 0 ? 'folder' : 'vault');
  const [folder, setFolder] = useState<Folder>();
  const [toSelf, setToSelf] = useState(true);
  const seal = useAct((input: Parameters<typeof bridge.packages.seal>[0], following) =>
    bridge.packages.seal(input, following),
  );

  const run = async () => {
    const out = place === 'folder' && folder !== undefined ? { out: folder.token } : {};
    const result = await seal.run({ id: shown.id, toSelf, ...out });
    // A folder's token serves one writing: after a failure it has to be chosen again.
    setFolder(undefined);
    if (result !== undefined) onSealed(result);
  };
  const names = people.map(({ name, organisation, country }) => {
    const of = office(organisation, country);
    return of === undefined ? name : t('seal.person', { name, office: of });
  });
  const agreed = (shown.agreement?.approvers ?? []).flatMap(({ name, said }) =>
    said === 'approved' ? [name] : [],
  );
  const { running } = seal;

  return (
    <Dialog
      title={seal.isRunning ? t('seal.sealing') : t('seal.about')}
      isOpen
      isFirm={seal.isRunning}
      onClose={onClose}
      actions={
        !seal.isRunning && (
          <>
            <Button variant="quiet" onPress={onClose}>
              {t('seal.notYet')}
            </Button>
            <SealButton
              disabledReason={
                place === 'folder' && folder === undefined ? t('seal.chooseFirst') : undefined
              }
              onPress={() => void run()}
            >
              {t('seal.act')}
            </SealButton>
          </>
        )
      }
    >
      {seal.isRunning ? (
        <div className="v-compose-stack">
          <WorkBar
            label={t('seal.sealingFor', { count: people.length })}
            done={running?.done ?? 0}
            {...(running === undefined ? {} : { total: running.total })}
            {...(running?.speed === undefined ? {} : { speed: running.speed })}
            isSealing
            onCancel={seal.cancel}
            isCancelling={seal.isCancelling}
          />
          <p className="v-caption v-muted">{t('seal.cancelLeaves')}</p>
        </div>
      ) : (
        <div className="v-compose-stack">
          <ul className="v-seal-words">
            <li>
              {t('seal.willContent', { count: shown.files, bytes: formats.bytes(shown.bytes) })}{' '}
              {affected(form)}
            </li>
            <li>
              {t(toSelf ? 'seal.willOpenAndYou' : 'seal.willOpen', {
                count: people.length,
                names: formats.list(names),
              })}
            </li>
            {form.deleteBy !== null && (
              <li>
                {t(`seal.willKeep.${form.retentionAction}`, {
                  date: formats.longDate(form.deleteBy),
                })}
              </li>
            )}
            <li>{t('seal.willSign', { name: member })}</li>
            <li>
              {agreed.length === 0
                ? t('seal.willAgree')
                : t('seal.haveAgreed', { count: agreed.length, names: formats.list(agreed) })}
            </li>
          </ul>
          <p>{t('seal.willFreeze')}</p>
          <RadioGroup
            label={t('seal.place')}
            choices={[
              {
                id: 'vault',
                label: t('seal.placeVault'),
                description: t('seal.placeVaultHint'),
              },
              {
                id: 'folder',
                label: t('seal.placeFolder'),
                description: t('seal.placeFolderHint'),
              },
            ]}
            value={place}
            onChange={setPlace}
          />
          {place === 'folder' && <FolderField folder={folder} onChoose={setFolder} />}
          <CheckboxField
            isSelected={toSelf}
            onChange={setToSelf}
            description={t('seal.toSelfHint')}
          >
            {t('seal.toSelf')}
          </CheckboxField>
          <FailureNote failure={seal.failure} />
        </div>
      )}
    </Dialog>
  );
}
