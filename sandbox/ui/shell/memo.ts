import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

/** Draws again only when a prop is another one. */
export function memo<P extends object>(draw: (props: P) => ComponentChild): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P) {
      const before = this.props as Record<string, unknown>;
      const after = next as Record<string, unknown>;
      const names = new Set([...Object.keys(before), ...Object.keys(after)]);
      return [...names].some((name) => before[name] !== after[name]);
    }
    override render(props: P) {
      return h(draw as FunctionComponent<P>, props);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
