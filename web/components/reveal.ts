/** Brings a section that has just appeared into view and gives its title the focus. */
export function reveal(id: string): void {
  requestAnimationFrame(() => {
    const section = document.getElementById(id);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  });
}
