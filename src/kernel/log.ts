/** One line per event: a name and plain figures. Never names, texts, addresses or keys of people (law 10). */
export type Log = (event: string, figures?: Readonly<Record<string, number | boolean>>) => void;

/** Lines of `event key=value` to standard error. */
export const standardErrorLog: Log = (event, figures = {}) => {
  const words = Object.entries(figures).map(([name, value]) => `${name}=${value}`);
  process.stderr.write(`${[event, ...words].join(' ')}\n`);
};

export const silentLog: Log = () => {};
