import { Component, type ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';

/** What stands in place of a page that threw: React has no other way than a class to catch it. */
export class Broken extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <main className="page">
        <div className="problem" role="alert">
          <p>
            <b>{t.problems.broken}</b> {t.problems.brokenNext}
          </p>
          <div className="acts">
            <Button onPress={() => window.location.reload()}>{t.problems.reload}</Button>
          </div>
        </div>
      </main>
    );
  }
}
