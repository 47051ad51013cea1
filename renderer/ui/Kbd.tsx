import './Kbd.css';

/** A key or a chord, as it is printed on keyboards: "Ctrl L". */
export function Kbd({ children }: { readonly children: string }) {
  return <kbd className="v-kbd">{children}</kbd>;
}
