// coming.ts - paths that are agreed and enter api/openapi.yaml with the operations behind them.
export type ComingPath =
  | "/api/v1/dossiers/{id}/pause"
  | "/api/v1/dossiers/{id}/resume"
  | "/api/v1/dossiers/{id}/apology"
  | "/api/v1/dossiers/{id}/sign-apology"
  | "/api/v1/dossiers/{id}/answer-escalation"
  | "/api/v1/tracking/apology.pdf"
  | "/api/v1/calendars"
  | "/api/v1/calendars/{office}"
  | "/api/v1/calendars/{office}/versions/{n}"
  | "/api/v1/calendars/{office}/years/{year}"
  | "/api/v1/calendars/{office}/preview"
  | "/api/v1/calendars/{office}/recompute"
  | "/api/v1/follow-up-books"
  | "/api/v1/follow-up-book"
  | "/api/v1/follow-up-book.pdf"
  | "/api/v1/follow-up-book.xlsx";
