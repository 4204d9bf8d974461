// action_props.ts - what every action of a dossier is given.
import type { CommandResult, Dossier } from "@shared/schemas.ts";

export interface ActionProps {
  dossier: Dossier;
  // The task it is about, where it is about one.
  task: string | undefined;
  onDone: (result: CommandResult) => void;
  onCancel: () => void;
}

// Either what to send, or what to tell the officer first.
export type Prepared<Body> = { body: Body } | { problem: string };

// The shortest reason the server takes.  Source: api/openapi.yaml, reason_body.
export const shortestReason = 5;
