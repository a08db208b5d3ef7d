import { useState } from 'react';
import { Check, Choices } from '../../components/Choices.tsx';
import { areKeysOn, switchKeys } from '../../components/keyboard.ts';
import { t } from '../../i18n/index.ts';
import { chooseTheme, chosenTheme, THEMES } from './theme.ts';

/** What is kept in this browser only: theme and keys. */
export function Look() {
  const [theme, setTheme] = useState(chosenTheme);
  const [keys, setKeys] = useState(areKeysOn);
  return (
    <div className="stack">
      <Choices
        label={t.settings.theme}
        value={theme}
        choices={THEMES.map((value) => ({ value, label: t.settings.themes[value] }))}
        onChange={(value) => {
          const next = THEMES.find((one) => one === value) ?? 'system';
          chooseTheme(next);
          setTheme(next);
        }}
      />
      <Check
        label={t.settings.keys}
        about={t.settings.keysHint}
        value={keys}
        onChange={(isOn) => {
          switchKeys(isOn);
          setKeys(isOn);
        }}
      />
    </div>
  );
}
