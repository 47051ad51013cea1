import { asPrinted } from './shortcut.ts';
import './Kbd.css';

/** A key or a chord: "Ctrl L", as it is printed on the keyboards of this system. */
export function Kbd({ children }: { readonly children: string }) {
  return <kbd className="v-kbd">{asPrinted(children)}</kbd>;
}
