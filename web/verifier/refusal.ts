// refusal.ts - why something about a journal is not to be believed, in one word and one sentence.
//
// The words are those that `motcua journal` prints, so that two verifiers can be compared.
export type Word =
  // The text is not what docs/formats/journal.md says.
  | "malformed"
  // None of the keys at hand has signed the head.
  | "unknown-key"
  // A signature names a key at hand and is not of that key.
  | "bad-signature"
  // The audit path does not lead from the leaf to the root of the head.
  | "not-in-tree"
  // What the opening says is not what the leaf commits to.
  | "content-differs"
  // The time stamp is over something else than this checkpoint.
  | "timestamp-differs"
  // The head is smaller than the older one at hand: records were taken back.
  | "rolled-back"
  // The older head's root is not that of the tree at its size: the past was changed.
  | "forked"
  // The older head is of another journal.
  | "other-journal"
  // A file of the export is not there.
  | "missing"
  // A tile or a bundle of leaves does not hash to what stands above it.
  | "tile-differs"
  // The records of a subject are not 1, 2 ... n, each once.
  | "sequence-broken";

export interface Place {
  // Of the text, from 1.
  line?: number;
  // Of the leaf, from 0.
  index?: number;
}

export class Refusal extends Error {
  constructor(
    readonly word: Word,
    readonly sentence: string,
    readonly place: Place = {},
  ) {
    super(`${word}: ${sentence}`);
    this.name = "Refusal";
  }
}
