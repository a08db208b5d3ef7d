import type { Failure } from '../../api/failure.ts';
import { Check } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { Problem } from '../../components/Problem.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { giving } from '../../i18n/giving.ts';

export interface TheirKey {
  code: string;
  name: string;
  isKnown: boolean;
  isSameNode: boolean;
}

/** What its owner says of the other side before something is locked for them. */
export interface Compared {
  /** The last group of the code, from the other screen: this page does not show it. */
  last: string;
  onSameNode: boolean;
}

const HIDDEN = '·····';

function firstOf(code: string): string[] {
  return code.split(' ').slice(0, -1);
}

export function isCompared({ isKnown, isSameNode }: TheirKey, { last, onSameNode }: Compared): boolean {
  return (isKnown || /^\d{5}$/.test(last.trim())) && (onSameNode || !isSameNode);
}

/** The code as it is on the other screen; the device holds it against its own. */
export function saidOf({ code, isKnown }: TheirKey, { last, onSameNode }: Compared) {
  return { onSameNode, ...(!isKnown && { code: [...firstOf(code), last.trim()].join(' ') }) };
}

export function Compare(props: {
  theirs: TheirKey | undefined;
  failure: Failure | undefined;
  value: Compared;
  onChange: (value: Compared) => void;
  onForget: () => Promise<void>;
}) {
  const { theirs, failure, value, onChange } = props;
  if (failure)
    return (
      <>
        <Problem failure={failure} />
        {failure.code === 'relationship-other' ? <Forget onForget={props.onForget} /> : null}
      </>
    );
  if (!theirs) return null;
  const { code, name, isKnown, isSameNode } = theirs;
  return (
    <>
      {isKnown ? (
        <p>
          {giving.codeKnown(name)} <code>{code}</code>
        </p>
      ) : (
        <>
          <p>
            {giving.codeCompare(name)} <code>{[...firstOf(code), HIDDEN].join(' ')}</code>
          </p>
          <TextField
            label={giving.codeLast}
            hint={giving.codeLastHint}
            value={value.last}
            onChange={(last) => onChange({ ...value, last })}
            maxLength={5}
          />
        </>
      )}
      {isSameNode ? (
        <Check
          label={giving.sameNode(name)}
          about={giving.sameNodeHint}
          value={value.onSameNode}
          onChange={(onSameNode) => onChange({ ...value, onSameNode })}
        />
      ) : null}
    </>
  );
}

/** This device may have taken somebody for the other side who never was: its owner can have it compare anew. */
function Forget({ onForget }: { onForget: () => Promise<void> }) {
  return (
    <TwoSteps
      act={giving.forgetCode}
      ask={giving.forgetCodeAsk}
      what={giving.forgetCodeWhat}
      now={giving.forgetCodeNow}
      keep={giving.forgetCodeKeep}
      small
      onDo={() => void onForget()}
    />
  );
}
