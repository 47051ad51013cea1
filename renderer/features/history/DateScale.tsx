import { useLayoutEffect, useRef, useState } from 'react';
import { useFormats } from '../../ui/index.ts';
import { withWords, type PlacedMark } from './date-marks.ts';

export interface DateScaleProps {
  readonly marks: readonly PlacedMark[];
  readonly count: number;
  readonly onGo: (index: number) => void;
}

const LINE = 20;

/**
 * Days and months beside the scroll bar, each where it begins. For the pointer alone: the keyboard
 * and those who do not see it have the field "Go to a day".
 */
export function DateScale({ marks, count, onGo }: DateScaleProps) {
  const formats = useFormats();
  const scale = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = scale.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      setHeight(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const worded = withWords(marks, count, height, LINE);
  return (
    <div className="v-history-scale" aria-hidden="true" ref={scale}>
      {marks.map((mark) => (
        <button
          key={mark.from}
          type="button"
          tabIndex={-1}
          className="v-history-mark"
          data-unit={mark.unit}
          title={formats.period(mark.from, mark.unit === 'day' ? 'day' : 'month')}
          style={{ insetBlockStart: `${String((mark.index / count) * 100)}%` }}
          onClick={() => {
            onGo(mark.index);
          }}
        >
          {worded.has(mark) && formats.period(mark.from, mark.unit)}
        </button>
      ))}
    </div>
  );
}
