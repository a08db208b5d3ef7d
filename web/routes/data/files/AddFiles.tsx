import { useId, useRef, useState } from 'react';
import { FILE_OCTETS } from '../../../files/parts.ts';
import { t } from '../../../i18n/index.ts';

/** Chooses files, several at once, or takes them dropped; each begins by itself. */
export function AddFiles({ add }: { add: (file: File) => void }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, over] = useState(false);
  const [refused, refuse] = useState<readonly string[]>([]);
  const take = (files: FileList | null) => {
    const all = [...(files ?? [])];
    refuse(all.filter((file) => file.size > FILE_OCTETS).map((file) => file.name));
    for (const file of all) if (file.size <= FILE_OCTETS) add(file);
    // The same file again is a choice too.
    if (input.current) input.current.value = '';
  };
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
        take(event.dataTransfer.files);
      }}
    >
      <label htmlFor={id}>{t.files.add}</label>
      <input
        id={id}
        ref={input}
        type="file"
        multiple
        aria-describedby={`${id}-h`}
        onChange={(event) => take(event.target.files)}
      />
      {refused.map((name) => (
        <span className="wrong" role="alert" key={name}>
          {t.files.tooLarge(name)}
        </span>
      ))}
      <span className="hint" id={`${id}-h`}>
        {t.files.drop}
      </span>
    </div>
  );
}
