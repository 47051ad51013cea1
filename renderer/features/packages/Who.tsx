import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/index.ts';

interface Person {
  readonly name: string;
  readonly organisation?: string | undefined;
  readonly country?: string | undefined;
}

/** A person as a sentence names them: the name first, then the office and the country. */
export function Who({ name, organisation, country }: Person) {
  const office = useOffice()(organisation, country);
  const { t } = useTranslation('packages');
  return (
    <>
      <b className="v-strong">{name}</b>
      {office !== undefined && t('who.office', { office })}
    </>
  );
}

/** The office and the country of a person, as far as they are known. */
export function useOffice() {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  return (organisation?: string, country?: string): string | undefined => {
    const place =
      country !== undefined && /^[A-Z]{2}$/.test(country) ? formats.country(country) : country;
    if (organisation !== undefined && place !== undefined)
      return t('who.organisationAndCountry', { organisation, country: place });
    return organisation ?? place;
  };
}
