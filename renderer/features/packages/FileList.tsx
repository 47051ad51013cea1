import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  CopyButton,
  Panel,
  SearchField,
  Section,
  StatusBadge,
  useFormats,
} from '../../ui/index.ts';
import type { PackageFile, PackageView } from './types.ts';
import './FileList.css';

/** As many as are drawn at once; the rest is asked for, or searched. */
const PAGE = 100;
const MANY = 12;

/** Files of a package: name, size, what each is, and its digest. */
export function FileList({
  files,
  bytes,
  contents = [],
  what,
  acts,
}: {
  readonly files: readonly PackageFile[];
  readonly bytes: number;
  /** What there is to know of some of them. */
  readonly contents?: PackageView['contents'];
  readonly what: (file: PackageFile, name: string) => ReactNode;
  readonly acts?: (file: PackageFile, name: string) => ReactNode;
}) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState(PAGE);
  const kindsOf = new Map(contents.map(({ path, kinds }) => [path, kinds]));
  const wanted = query.trim().toLowerCase();
  const found =
    wanted === ''
      ? files
      : files.filter(({ path, description = '' }) =>
          `${path} ${description}`.toLowerCase().includes(wanted),
        );
  return (
    <Section
      title={t('files.title', { count: files.length, bytes: formats.bytes(bytes) })}
      actions={
        files.length > MANY && (
          <SearchField label={t('files.search')} value={query} onChange={setQuery} />
        )
      }
    >
      <Panel isPadded={false}>
        <table className="v-files">
          <thead>
            <tr>
              <th scope="col">{t('files.name')}</th>
              <th scope="col" className="v-files-size">
                {t('files.size')}
              </th>
              <th scope="col">{t('files.what')}</th>
              <th scope="col">{t('files.digest')}</th>
              {acts !== undefined && (
                <th scope="col">
                  <span className="v-hidden">{t('files.acts')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((file) => (
              <FileLine
                key={file.path}
                file={file}
                kinds={kindsOf.get(file.path) ?? []}
                what={what}
                acts={acts}
              />
            ))}
          </tbody>
        </table>
        {found.length === 0 && (
          <p className="v-files-none v-muted">{t('files.none', { query: query.trim() })}</p>
        )}
      </Panel>
      {found.length > shown && (
        <div>
          <Button
            size="small"
            onPress={() => {
              setShown(shown + PAGE);
            }}
          >
            {t('files.more', { count: Math.min(PAGE, found.length - shown) })}
          </Button>
        </div>
      )}
    </Section>
  );
}

function FileLine({
  file,
  kinds,
  what,
  acts,
}: {
  readonly file: PackageFile;
  readonly kinds: readonly string[];
  readonly what: (file: PackageFile, name: string) => ReactNode;
  readonly acts: ((file: PackageFile, name: string) => ReactNode) | undefined;
}) {
  const { t, i18n } = useTranslation('packages');
  const formats = useFormats();
  const name = file.path.replace(/^data\//, '');
  return (
    <tr>
      <th scope="row" className="v-files-name">
        <bdi className="v-wrap-anywhere">{name}</bdi>
        <span className="v-caption v-muted">{file.mediaType}</span>
        {kinds.length > 0 && (
          <span className="v-files-content">
            {kinds.map((kind) => (
              <StatusBadge key={kind} tone="warn" icon="warning">
                {i18n.exists(`files.content.${kind}`, { ns: 'packages' })
                  ? t(`files.content.${kind}` as never)
                  : kind}
              </StatusBadge>
            ))}
          </span>
        )}
        {file.originalName !== undefined && (
          <span className="v-caption v-muted v-wrap-anywhere">
            {t('files.original', { name: file.originalName })}
          </span>
        )}
      </th>
      <td className="v-files-size">{formats.bytes(file.size)}</td>
      <td className="v-files-what">{what(file, name)}</td>
      <td className="v-files-digest">
        <span className="v-mono" title={file.sha256}>
          {t('digest', { first: file.sha256.slice(0, 4), last: file.sha256.slice(-4) })}
        </span>
        <CopyButton text={file.sha256} label={t('files.copyDigest', { name })} />
      </td>
      {acts !== undefined && <td className="v-files-acts">{acts(file, name)}</td>}
    </tr>
  );
}
