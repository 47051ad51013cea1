import { useTranslation } from 'react-i18next';
import { Banner, Fold, useFormats } from '../../ui/index.ts';
import type { Survey } from './form.ts';

/** What became of names that were added: replaced by safe ones, or left out. */
export function SurveyNote({
  survey,
  onDismiss,
}: {
  readonly survey: Survey;
  readonly onDismiss: () => void;
}) {
  const { t } = useTranslation('compose');
  const { list } = useFormats();
  const { renamed, leftOut } = survey;
  if (renamed.length === 0 && leftOut.length === 0) return null;
  const titles = [
    ...(renamed.length === 0 ? [] : [t('survey.renamed', { count: renamed.length })]),
    ...(leftOut.length === 0 ? [] : [t('survey.leftOut', { count: leftOut.length })]),
  ];
  return (
    <Banner tone={leftOut.length > 0 ? 'warn' : 'info'} title={list(titles)} onDismiss={onDismiss}>
      <Fold title={t('survey.which')} isOpenAtFirst={renamed.length + leftOut.length <= 5}>
        <ul className="v-survey">
          {renamed.map(({ from, to }) => (
            <li key={`to ${to}`}>{t('survey.renamedItem', { from, to })}</li>
          ))}
          {leftOut.map(({ path, why }) => (
            <li key={`out ${path}`}>{t(`survey.why.${why}`, { path })}</li>
          ))}
        </ul>
      </Fold>
    </Banner>
  );
}
