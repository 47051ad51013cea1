import type { ComposeStep } from '../../routes.ts';

export function ComposeScreen(_props: {
  readonly id: string;
  readonly step?: ComposeStep | undefined;
}) {
  return null;
}
