import { useId, useState } from 'react';
import { t } from '../i18n/index.ts';
import { useWrong } from './Problem.tsx';

/** Chooses one file, or takes it dropped; says its name and size before anything is done with it. */
export function FileField(props: {
  label: string;
  accept: string;
  file: File | undefined;
  onChange: (file: File | undefined) => void;
  hint?: string;
}) {
  const id = useId();
  const [isOver, over] = useState(false);
  const wrong = useWrong('file');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input inside is the first
    <div
      className="field file"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        over(true);
      }}
      onDragLeave={() => over(false)}
      onDrop={(event) => {
        event.preventDefault();
        over(false);
        props.onChange(event.dataTransfer.files[0]);
      }}
    >
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type="file"
        data-name="file"
        accept={props.accept}
        aria-describedby={`${id}-h`}
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => props.onChange(event.target.files?.[0])}
      />
      {wrong ? <span className="wrong">{wrong}</span> : null}
      <span className="hint" id={`${id}-h`}>
        {props.file ? `${props.file.name}, ${sizeInWords(props.file.size)}` : (props.hint ?? t.data.dropHere)}
      </span>
    </div>
  );
}

const UNITS = [
  ['byte', 1],
  ['kilobyte', 1e3],
  ['megabyte', 1e6],
  ['gigabyte', 1e9],
] as const;

/** Octets in the unit people read: 12 kB, 3.4 MB. */
export function sizeInWords(bytes: number): string {
  const [unit, size] = UNITS.findLast(([, size]) => bytes >= size) ?? UNITS[0];
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const format = { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat('en-GB', format).format(bytes / size);
}
