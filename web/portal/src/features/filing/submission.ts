// submission.ts - sends the filing so that it happens once, whatever becomes of the line or the device.
//
// Key and body are kept on the device before the first byte leaves.  Until the server has decided, the
// very same request is sent again; a refusal ends it, and the next attempt is a new one.
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import type { Filed, Filing } from "@shared/schemas.ts";
import type { FilingSession } from "./session.ts";

export type Submit = (body: Filing, key: string) => Promise<Filed>;

// Throws the Problem.  A passing one leaves the submission in place, to be sent again.
export async function submitFiling(session: FilingSession, language: "vi" | "en", submit: Submit): Promise<Filed> {
  if (!session.draft.submission) {
    // The server files what it has: everything typed must be there first.
    if (session.draft.dirty) await session.save(undefined);
    // A save that arrives after the filing would find no draft.
    else await session.idle();
    session.beginSubmission({ key: newIntentKey(), body: session.makeFiling(language) });
  }
  const submission = session.draft.submission;
  if (!submission) throw new Error("a submission was begun");
  try {
    return await submit(submission.body, submission.key);
  } catch (thrown) {
    if (isDecided(thrown)) session.endSubmission();
    throw thrown;
  }
}

// Whether the server has said no, as opposed to nothing, "later", or something unreadable.
function isDecided(thrown: unknown): boolean {
  if (!(thrown instanceof Problem) || thrown.kind !== "refused") return false;
  return thrown.status < 500 && thrown.status !== 429 && thrown.status !== 408 && !/in-?flight|in-?progress/.test(thrown.slug);
}
