import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, CheckboxField, Fold, Section } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Blocker, Form } from './form.ts';
import type { Draft } from './use-draft.ts';

interface Candidate {
  readonly fingerprint: string;
  readonly name: string;
  readonly about: string;
}

/** Who beside the officer is asked to agree, and the act of asking them. */
export function Approvers({
  id,
  form,
  draft,
  blockers,
}: {
  readonly id: string;
  readonly form: Form;
  readonly draft: Draft;
  readonly blockers: readonly Blocker[] | undefined;
}) {
  const { t } = useTranslation('compose');
  const { t: people } = useTranslation('members');
  const { value: members = [] } = useAnswer(() => bridge.members.list(), 'members');
  const { value: contacts = [] } = useAnswer(() => bridge.contacts.list(), 'contacts');
  const go = useWindow((state) => state.go);
  const asking = useAct((asked: string) => bridge.approvals.freeze({ id: asked }));
  const named = form.kept.approvers ?? [];
  const here: Candidate[] = members
    .filter(({ isYou, role }) => !isYou && role !== 'auditor')
    .map(({ fingerprint, name, role }) => ({ fingerprint, name, about: people(`role.${role}`) }));
  const elsewhere: Candidate[] = contacts
    .filter(({ state }) => state === 'verified')
    .map(({ fingerprint, name, organisation }) => ({
      fingerprint,
      name,
      about: organisation ?? '',
    }));
  const isNamed = ({ fingerprint }: Candidate) => named.includes(fingerprint);
  const name = ({ fingerprint }: Candidate, isOne: boolean) => {
    const approvers = isOne
      ? [...named, fingerprint]
      : named.filter((each) => each !== fingerprint);
    const { approvers: _before, ...kept } = form.kept;
    draft.edit({ kept: approvers.length === 0 ? kept : { ...kept, approvers } });
  };
  const row = (candidate: Candidate) => (
    <CheckboxField
      key={candidate.fingerprint}
      isSelected={isNamed(candidate)}
      onChange={(isOne) => {
        name(candidate, isOne);
      }}
      description={candidate.about}
    >
      {candidate.name}
    </CheckboxField>
  );
  const left = blockers?.filter(({ code }) => code !== 'approval-missing').length;
  const ask = async () => {
    if (!(await draft.save())) return;
    if ((await asking.run(id)) !== undefined) go({ screen: 'compose', id, step: 'check' });
  };
  return (
    <Section title={t('agree.title')} description={t('agree.hint')}>
      {here.length === 0 && <p className="v-muted">{t('agree.nobodyHere')}</p>}
      {here.map(row)}
      {elsewhere.length > 0 && (
        <Fold title={t('agree.elsewhere', { count: elsewhere.filter(isNamed).length })}>
          {elsewhere.map(row)}
        </Fold>
      )}
      {named.length > 0 && (
        <div className="v-compose-line">
          <Button
            icon="stamp"
            disabledReason={
              left === undefined
                ? t('seal.checking')
                : left > 0
                  ? t('seal.blocked', { count: left })
                  : asking.isRunning
                    ? t('seal.checking')
                    : undefined
            }
            onPress={() => void ask()}
          >
            {t('agree.ask')}
          </Button>
          <span className="v-caption v-muted">{t('agree.fixes')}</span>
        </div>
      )}
      <FailureNote failure={asking.failure} />
    </Section>
  );
}
