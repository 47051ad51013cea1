import { useTranslation } from 'react-i18next';
import { RadioGroup } from '../../ui/index.ts';
import { ROLES, type Role } from './types.ts';

export interface RoleChoiceProps {
  readonly label: string;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** The roles side by side: what each may, and whether a key or a rule sees to it. */
export function RoleChoice({ label, value, onChange }: RoleChoiceProps) {
  const { t } = useTranslation('members');
  return (
    <RadioGroup
      label={label}
      choices={ROLES.map((id) => ({
        id,
        label: t(`role.${id}`),
        description: `${t(`may.${id}`)} ${t(`by.${id}`)}`,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
