import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { pickNew, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Select } from '../../ui/index.ts';
import { ActDialog } from './ActDialog.tsx';
import type { ActProps } from './DecisionDialogs.tsx';

const FORMS = ['pdf', 'html'] as const;
type Form = (typeof FORMS)[number];

/** Writes one readable page about a package, after saying what stands in it. */
export function PageDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const [form, setForm] = useState<Form>('pdf');
  const writing = useAct(async (as: Form) => {
    const picked = await pickNew(`package-${shown.id.slice(-8)}.${as}`);
    return picked.ok ? bridge.packages.page({ id: shown.id, as, out: picked.value }) : picked;
  });
  const run = async () => {
    const done = await writing.run(form);
    if (done === undefined) return;
    tellWritten(t('page.done', { name: done.name }), done.written, t('reveal'));
    onClose();
  };
  return (
    <ActDialog
      title={t('page.title')}
      act={t('page.act')}
      icon="file"
      acting={writing}
      onAct={run}
      onClose={onClose}
    >
      <p>{t('page.text')}</p>
      <p>{t('page.clear')}</p>
      <Select
        label={t('page.form')}
        choices={FORMS.map((id) => ({ id, label: t(`page.as.${id}`) }))}
        value={form}
        onChange={setForm}
      />
    </ActDialog>
  );
}
