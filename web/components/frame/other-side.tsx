import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

export interface OtherSide {
  name: string;
  isSample: boolean;
}

const Other = createContext<OtherSide | undefined>(undefined);
const SetOther = createContext<(other: OtherSide | undefined) => void>(() => undefined);

/** Knows who the other side of the page is; the head shows it. */
export function OtherSideKeeper({ children }: { children: ReactNode }) {
  const [other, setOther] = useState<OtherSide>();
  return (
    <SetOther.Provider value={setOther}>
      <Other.Provider value={other}>{children}</Other.Provider>
    </SetOther.Provider>
  );
}

export function useShownOther(): OtherSide | undefined {
  return useContext(Other);
}

export function useOtherSide(other: OtherSide | undefined): void {
  const set = useContext(SetOther);
  const name = other?.name;
  const isSample = other?.isSample ?? false;
  useEffect(() => {
    set(name === undefined ? undefined : { name, isSample });
    return () => set(undefined);
  }, [set, name, isSample]);
}
