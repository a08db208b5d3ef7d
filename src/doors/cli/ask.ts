/** Enter, Ctrl+C and Ctrl+D, as a terminal sends them raw. */
const END = ['\r', '\n', '\u0003', '\u0004'];

/** Reads a line from the terminal without showing it; undefined when there is no terminal or it is abandoned. */
export function askHidden(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return Promise.resolve(undefined);
  stdin.setRawMode(true); // first, so that nothing of the answer is shown
  stderr.write(`${question}: `);
  stdin.setEncoding('utf8');
  stdin.resume();
  return new Promise((resolve) => {
    let line = '';
    const end = (value: string | undefined): void => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      resolve(value);
    };
    const onData = (text: string): void => {
      for (const char of text) {
        if (END.includes(char)) end(char === '\r' || char === '\n' ? line : undefined);
        line = char === '\u007f' || char === '\b' ? line.slice(0, -1) : line + char;
      }
    };
    stdin.on('data', onData);
  });
}
