/** Told how much of some work is done, 0…1. */
export type Told = (share: number) => void;

export const untold: Told = () => undefined;

/** Of a part of the work that goes from one share of the whole to another. */
export function partOfWork(told: Told, from: number, to: number): Told {
  return (share) => told(from + share * (to - from));
}
