import { Component, type ReactNode } from 'react';
import { Broken } from './Broken.tsx';

/** Catches a screen that fails to draw: the rest of the window, the lock above all, stays usable. */
export class Guard extends Component<
  { readonly children: ReactNode },
  { readonly isBroken: boolean }
> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <Broken
        onRetry={() => {
          this.setState({ isBroken: false });
        }}
      />
    );
  }
}
