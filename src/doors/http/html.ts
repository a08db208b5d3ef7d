/** Text that has been made safe to stand in a page. */
export interface Html {
  readonly html: string;
}

/** Puts values into a page; whatever is not already a piece of a page is escaped. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | readonly Html[])[]): Html {
  const inserted = values.map((value) => {
    if (typeof value === 'string') return escaped(value);
    return 'html' in value ? value.html : value.map((piece) => piece.html).join('');
  });
  return { html: parts.map((part, at) => part + (inserted[at] ?? '')).join('') };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => ESCAPES[char] ?? '');
}
