import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import type { Picked } from '../../store/pick.ts';
import { Button } from '../../ui/index.ts';

/** The folder of a channel: chosen in the system's picker. */
export function FolderPart({
  onChosen,
}: {
  readonly onChosen: (folder: Picked<'channel'>, name: string) => void;
}) {
  const { t } = useTranslation('channels');
  const [name, setName] = useState<string>();
  const choose = async () => {
    const reply = await bridge.files.pick({ use: 'channel' });
    const [first] = reply.ok ? reply.value : [];
    if (first?.token.use !== 'channel') return;
    setName(first.name);
    onChosen({ id: first.token.id, use: 'channel' }, first.name);
  };
  return (
    <div className="v-channel-row">
      <Button icon="folder" onPress={() => void choose()}>
        {t(name === undefined ? 'form.choose' : 'form.other')}
      </Button>
      {name !== undefined && <span className="v-strong v-wrap-anywhere">{name}</span>}
    </div>
  );
}
