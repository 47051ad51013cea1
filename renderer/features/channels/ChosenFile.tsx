import { useState } from 'react';
import { bridge } from '../../bridge.ts';
import type { Picked } from '../../store/pick.ts';
import { Button, type IconName } from '../../ui/index.ts';

type Use = 'channel' | 'private-key' | 'authority';

/** A file or a folder that is chosen in the system's picker, and its name. */
export function ChosenFile<U extends Use>({
  use,
  icon,
  label,
  labelOfOther = label,
  hint,
  onChosen,
}: {
  readonly use: U;
  readonly icon: IconName;
  readonly label: string;
  /** On the button once something was chosen. */
  readonly labelOfOther?: string;
  readonly hint?: string;
  readonly onChosen: (file: Picked<U>, name: string) => void;
}) {
  const [name, setName] = useState<string>();
  const choose = async () => {
    const reply = await bridge.files.pick({ use });
    const [first] = reply.ok ? reply.value : [];
    if (first?.token.use !== use) return;
    setName(first.name);
    onChosen({ id: first.token.id, use }, first.name);
  };
  return (
    <div className="v-channel-row">
      <Button icon={icon} onPress={() => void choose()}>
        {name === undefined ? label : labelOfOther}
      </Button>
      {name !== undefined && <span className="v-strong v-wrap-anywhere">{name}</span>}
      {name === undefined && hint !== undefined && (
        <span className="v-caption v-muted">{hint}</span>
      )}
    </div>
  );
}
