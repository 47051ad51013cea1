import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { Button } from '../../ui/index.ts';
import { tokensOf, type Token } from './tokens.ts';

/** A folder that was chosen to be written into. Its token serves one writing. */
export interface Folder {
  readonly token: Token<'out'>;
  readonly name: string;
}

/** Opens the system's picker for a folder to write into. */
export async function chooseFolder(): Promise<Folder | undefined> {
  const reply = await bridge.files.pick({ use: 'out' });
  const [first] = reply.ok ? reply.value : [];
  const [token] = first === undefined ? [] : tokensOf([first], 'out');
  return first === undefined || token === undefined ? undefined : { token, name: first.name };
}

/** The folder that something goes into, and the way to choose it. */
export function FolderField({
  folder,
  onChoose,
  label,
}: {
  readonly folder: Folder | undefined;
  readonly onChoose: (folder: Folder) => void;
  /** What goes there: "Also write the receipt into a folder". */
  readonly label?: string;
}) {
  const { t } = useTranslation('packages');
  const choose = async () => {
    const chosen = await chooseFolder();
    if (chosen !== undefined) onChoose(chosen);
  };
  return (
    <div className="v-folder">
      <Button icon="folder" size="small" onPress={() => void choose()}>
        {folder === undefined ? (label ?? t('folder.choose')) : t('folder.other')}
      </Button>
      {folder !== undefined && <span className="v-strong v-wrap-anywhere">{folder.name}</span>}
    </div>
  );
}
