import { useTranslation } from 'react-i18next';
import { useMember } from '../../store/use-role.ts';

/** Who opened the vault, in words for the frame; undefined while it is shut. */
export function useSignedIn() {
  const { t } = useTranslation('members');
  const member = useMember();
  if (!member) return undefined;
  return { label: t('signedIn'), name: member.name, role: t(`role.${member.role}`) };
}
