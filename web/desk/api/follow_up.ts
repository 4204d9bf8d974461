// follow_up.ts - the follow-up book (form 07), made by the server from the events of the dossiers.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Punctuality } from "@shared/clock.ts";
import type { Text } from "@shared/schemas.ts";
import { client } from "./client.ts";

export interface FollowUpRow {
  number: string;
  code: string;
  id: string;
  procedure: { code: string; name: Text };
  applicant: string;
  address: string;
  phone: string;
  lead_agency: { id: string; name: Text };
  received_at: string | null;
  due_at: string | null;
  /** What the applicant was last told: another day than due_at only after a late apology. */
  appointed_at: string | null;
  returned_at: string | null;
  return_method: string;
  received_by: string;
  punctuality: Punctuality;
}

export const useFollowUpBooks = (agency: string) =>
  useQuery({
    queryKey: ["follow-up-books", agency],
    queryFn: () => client.get<{ books: { book: string; year: string }[] }>("/api/v1/follow-up-books", { query: { agency } }),
    enabled: agency !== "",
    select: (answer) => answer.books,
  });

export const useFollowUpBook = (query: Record<string, string | undefined>, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ["follow-up-book", query],
    queryFn: ({ pageParam }) =>
      client.get<{ rows: FollowUpRow[]; next_cursor: string | null }>("/api/v1/follow-up-book", { query: { ...query, cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
