/** Leave to make one Last.fm call. Only the call budget hands these out. */
export interface CallPermit {
  readonly __brand: 'CallPermit';
}
