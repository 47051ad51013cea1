import { useTexts } from './format.ts';
import './Skeleton.css';

export interface SkeletonProps {
  /** How many lines to keep free. */
  readonly lines?: number;
  /** Lines as high as rows. */
  readonly isRows?: boolean;
}

/** The place of what is on its way. It holds the room, so that nothing jumps. */
export function Skeleton({ lines = 3, isRows = false }: SkeletonProps) {
  const t = useTexts();
  return (
    <div className="v-skeleton" data-rows={isRows || undefined} role="status" aria-busy="true">
      <span className="v-hidden">{t('table.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="v-skeleton-line" />
      ))}
    </div>
  );
}
