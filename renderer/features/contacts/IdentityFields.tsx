import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ComboBox, TextField, useFormats } from '../../ui/index.ts';
import { countryCodes } from '../vault/index.ts';

export interface Identity {
  readonly name: string;
  readonly organisation: string;
  readonly country: string | null;
}

/** What is filled in, as the office takes it. */
export function identityOf({ name, organisation, country }: Identity) {
  return {
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(organisation.trim() === '' ? {} : { organisation: organisation.trim() }),
    ...(country === null ? {} : { country }),
  };
}

/** Who it is, in our own words: the name, the organisation, the country. */
export function IdentityFields({
  title,
  identity,
  onChange,
  nameFault,
}: {
  readonly title?: string;
  readonly identity: Identity;
  readonly onChange: (identity: Identity) => void;
  readonly nameFault: string | undefined;
}) {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const countries = useMemo(
    () =>
      countryCodes
        .map((code) => ({ id: code, label: formats.country(code) }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [formats],
  );
  return (
    <div className="v-contacts-stack">
      {title !== undefined && <h3 className="v-caption v-muted">{title}</h3>}
      <TextField
        label={t('add.name')}
        description={t('add.nameHint')}
        value={identity.name}
        onChange={(name) => {
          onChange({ ...identity, name });
        }}
        maxLength={200}
        error={nameFault}
      />
      <TextField
        label={t('add.organisation')}
        isOptional
        value={identity.organisation}
        onChange={(organisation) => {
          onChange({ ...identity, organisation });
        }}
        maxLength={200}
      />
      <ComboBox
        label={t('add.country')}
        isOptional
        choices={countries}
        value={identity.country}
        onChange={(country) => {
          onChange({ ...identity, country });
        }}
      />
    </div>
  );
}
