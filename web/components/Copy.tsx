import { useState } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';

/** Puts a text that stands beside it where it can be pasted from; a page that came unencrypted over the network may not. */
export function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState<string>();
  if (!('clipboard' in navigator)) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => setCopied(undefined),
    );
  return (
    <div className="acts">
      <Button small onPress={copy}>
        {copied === text ? t.frame.copied : t.frame.copy}
      </Button>
    </div>
  );
}
