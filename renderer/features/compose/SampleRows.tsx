import { useTranslation } from 'react-i18next';

const SHOWN = 5;

/** Some first rows of a table, as they stand in the file. */
export function SampleRows({
  label,
  columns,
  rows,
}: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  const { t } = useTranslation('compose');
  const some = rows.slice(0, SHOWN);
  return (
    <div>
      <p className="v-strong">{label}</p>
      {some.length === 0 ? (
        <p className="v-muted">{t('minimise.noRows')}</p>
      ) : (
        <div className="v-compose-sample" role="region" aria-label={label} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {some.map((cells, index) => (
                // Rows of a file have no name but their place, and never move here.
                <tr key={index}>
                  {columns.map((name, place) => (
                    <td key={name}>{cells[place]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
