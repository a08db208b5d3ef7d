import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Line } from '../../components/Line.tsx';
import { t } from '../../i18n/index.ts';
import { propertyKey, readableName } from '../../i18n/names.ts';
import type { ChangeFields } from './want-draft.ts';

/** Qualities by name: condition, size, level. */
export function AttributesRow(props: { attributes: Record<string, string>; onChange: ChangeFields }) {
  const [name, setName] = useState('');
  const entries = Object.entries(props.attributes);
  const set = (attributes: Record<string, string>) => props.onChange({ attributes });
  return (
    <Line label={t.wants.attributes}>
      <div className="stack">
        {entries.map(([key, value]) => (
          <div key={key} className="attribute">
            <TextField
              label={readableName(key)}
              value={value}
              onChange={(text) => set({ ...props.attributes, [key]: text })}
            />
            <Button
              kind="line"
              label={t.wants.removeAttribute(readableName(key))}
              onPress={() => set(Object.fromEntries(entries.filter(([other]) => other !== key)))}
            >
              {t.terms.takeOut}
            </Button>
          </div>
        ))}
        <div className="attribute">
          <TextField label={t.wants.attribute} value={name} onChange={setName} maxLength={60} />
          <Button
            kind="line"
            isOff={propertyKey(name) === '' || propertyKey(name) in props.attributes}
            onPress={() => {
              set({ ...props.attributes, [propertyKey(name)]: '' });
              setName('');
            }}
          >
            {t.wants.addAttribute}
          </Button>
        </div>
      </div>
    </Line>
  );
}
