import { useEffect, useState } from 'react';
import type { Vault } from '../../../device/index.ts';
import type { Failure } from '../../api/failure.ts';
import { useWork } from '../../api/work.ts';
import { Check } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { Problem } from '../../components/Problem.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { giving } from '../../i18n/giving.ts';
import { taken } from '../../sealed/results.ts';

interface TheirKey {
  name: string;
  isKnown: boolean;
  /** Known by keys that have changed since. */
  isChanged: boolean;
  isSameNode: boolean;
}

/** What its owner says of the other side before something is locked for them. */
interface Compared {
  /** The code from the other screen: this page shows none of it before. */
  code: string;
  onSameNode: boolean;
}

const DIGITS = 30;
const NOTHING: Compared = { code: '', onSameNode: false };

function digitsIn(code: string): number {
  return code.replaceAll(/\D/g, '').length;
}

function isCompared({ isKnown, isSameNode }: TheirKey, { code, onSameNode }: Compared): boolean {
  return (isKnown || digitsIn(code) === DIGITS) && (onSameNode || !isSameNode);
}

/** The device holds the code against its own. */
function saidOf({ isKnown }: TheirKey, { code, onSameNode }: Compared) {
  return { onSameNode, ...(!isKnown && { code }) };
}

interface CompareProps {
  theirs: TheirKey | undefined;
  failure: Failure | undefined;
  value: Compared;
  onChange: (value: Compared) => void;
  onForget: () => Promise<void>;
}

interface TheirKeyHere {
  /** What its owner has said of the other side; undefined until all of it is said. */
  said: ReturnType<typeof saidOf> | undefined;
  lookAgain: () => Promise<void>;
  /** Goes to `Compare` as it is. */
  compare: CompareProps;
}

/** To whom something is locked in a relationship, as the open vault has checked it, and what its owner says of it. */
export function useTheirKey(vault: Vault | undefined, relationship: string): TheirKeyHere {
  const look = useWork(async (open: Vault): Promise<TheirKey> => {
    const { name, isKnown, isChanged, isSameNode } = taken(await open.theirKey(relationship));
    return { name, isKnown, isChanged, isSameNode };
  });
  const [theirs, setTheirs] = useState<TheirKey>();
  const [value, onChange] = useState(NOTHING);
  const lookAgain = async () => setTheirs(vault && (await look.run(vault)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked up once for each vault that is opened
  useEffect(() => void lookAgain(), [vault, relationship]);
  const onForget = async () => {
    await vault?.forgetTheirs(relationship);
    onChange(NOTHING);
    await lookAgain();
  };
  return {
    said: theirs && isCompared(theirs, value) ? saidOf(theirs, value) : undefined,
    lookAgain,
    compare: { theirs, failure: look.failure, value, onChange, onForget },
  };
}

/** What the node shows stands against what this device has compared. */
const ANEW: readonly string[] = ['relationship-other', 'their-key-older', 'their-key-contradicted'];

export function Compare(props: CompareProps) {
  const { theirs, failure, value, onChange } = props;
  if (failure)
    return (
      <>
        <Problem failure={failure} />
        {ANEW.includes(failure.code) ? <Forget onForget={props.onForget} /> : null}
      </>
    );
  if (!theirs) return null;
  const { name, isKnown, isChanged, isSameNode } = theirs;
  const typed = digitsIn(value.code);
  return (
    <>
      {isKnown ? (
        <>
          <p>{giving.codeKnown(name)}</p>
          <Forget onForget={props.onForget} />
        </>
      ) : (
        <>
          <p>{isChanged ? giving.codeChanged(name) : giving.codeCompare(name)}</p>
          <TextField
            label={giving.codeTheirs}
            hint={typed === 0 || typed === DIGITS ? giving.codeTheirsHint : giving.codeSoFar(typed)}
            value={value.code}
            onChange={(said) => onChange({ ...value, code: said })}
            maxLength={100}
            isDigits
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
    <div>
      <TwoSteps
        act={giving.forgetCode}
        ask={giving.forgetCodeAsk}
        what={giving.forgetCodeWhat}
        now={giving.forgetCodeNow}
        keep={giving.forgetCodeKeep}
        small
        onDo={() => void onForget()}
      />
    </div>
  );
}
