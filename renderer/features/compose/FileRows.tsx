import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileList, type PackageView } from '../packages/index.ts';
import { IconButton, TextField } from '../../ui/index.ts';
import type { DraftFile } from './form.ts';

/** Files of rows, which can be made smaller. */
const TABLES: ReadonlySet<string> = new Set([
  'text/csv',
  'text/tab-separated-values',
  'application/json',
  'application/jsonl',
]);

/** The files of a draft, each with a line that says what it is. */
export function FileRows({
  files,
  bytes,
  contents,
  isBusy,
  onDescribe,
  onRemove,
  onMinimise,
}: {
  readonly files: readonly DraftFile[];
  readonly bytes: number;
  readonly contents: PackageView['contents'];
  readonly isBusy: boolean;
  readonly onDescribe: (path: string, description: string) => void;
  readonly onRemove: (path: string) => void;
  readonly onMinimise: (file: DraftFile) => void;
}) {
  const { t } = useTranslation('compose');
  return (
    <FileList
      files={files}
      bytes={bytes}
      contents={contents}
      what={(file, name) => <Description file={file} name={name} onDescribe={onDescribe} />}
      acts={(file, name) => (
        <>
          {TABLES.has(file.mediaType) && (
            <IconButton
              icon="filter"
              label={t('files.minimise', { name })}
              isDisabled={isBusy}
              onPress={() => {
                onMinimise(file);
              }}
            />
          )}
          <IconButton
            icon="trash"
            label={t('files.remove', { name })}
            isDisabled={isBusy}
            onPress={() => {
              onRemove(file.path);
            }}
          />
        </>
      )}
    />
  );
}

/** Kept when the field is left. A description can be changed, not emptied. */
function Description({
  file,
  name,
  onDescribe,
}: {
  readonly file: DraftFile;
  readonly name: string;
  readonly onDescribe: (path: string, description: string) => void;
}) {
  const { t } = useTranslation('compose');
  const kept = file.description ?? '';
  const [text, setText] = useState(kept);
  const settle = () => {
    const next = text.trim();
    if (next === '') setText(kept);
    else if (next !== kept) onDescribe(file.path, next);
  };
  return (
    <TextField
      label={t('files.whatOf', { name })}
      placeholder={t('files.whatHint')}
      value={text}
      onChange={setText}
      onBlur={settle}
      maxLength={2000}
    />
  );
}
