/** What goes up and down beside the pages, for those who only have to know of it: the rest comes with the page of files. */
interface Beside {
  areRunning(): boolean;
  /** Once they are locked no name of them stays on a page. */
  forgetSealed(): void;
}

let beside: Beside | undefined;

export function goBeside(it: Beside): void {
  beside = it;
}

export function transfersBeside(): Beside | undefined {
  return beside;
}
