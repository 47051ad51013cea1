import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/index.ts';

/** Where an agency lets nothing out but through its proxy: `http://host:port`. */
export function ProxyField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation('channels');
  return (
    <TextField
      label={t('form.proxy')}
      description={t('form.proxyHint')}
      isOptional
      value={value}
      onChange={onChange}
      maxLength={300}
    />
  );
}
