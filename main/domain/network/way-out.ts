/** How this office reaches the network, where the system alone does not know. */
export interface WayOut {
  /** `http://host:port` of the agency's proxy. */
  readonly proxy?: string;
  /** PEM of an agency's own authority, trusted beside the usual ones. */
  readonly authority?: string;
}
