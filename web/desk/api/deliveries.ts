// deliveries.ts - what goes out after a command, and what was set aside: for the administrator.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { client } from "./client.ts";

export type DeliveryState = "waiting" | "retrying" | "set_aside";

export interface Delivery {
  id: number;
  code: string;
  kind: string;
  what: string;
  to: string;
  state: DeliveryState;
  attempts: number;
  in_doubt: boolean;
  written_at: string;
  next_at: string | null;
  error: string;
}

export interface DeliveryCounts {
  waiting: number;
  retrying: number;
  set_aside: number;
  /** Counted up to here. */
  at_most: number;
  oldest_at: string | null;
}

interface DeliveryPage {
  counts: DeliveryCounts;
  items: Delivery[];
  next_cursor: string | null;
}

const load = (state: DeliveryState, cursor: string, limit?: string) =>
  client.get<DeliveryPage>("/api/v1/deliveries", { query: { state, cursor, limit } });

export const useDeliveries = (state: DeliveryState, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ["deliveries", state],
    queryFn: ({ pageParam }) => load(state, pageParam),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: 30_000,
  });

/** How many are set aside, for the mark in the navigation; nothing where one may not see them. */
export const useSetAside = (enabled: boolean) =>
  useQuery({
    queryKey: ["deliveries-set-aside"],
    queryFn: () => load("set_aside", "", "1").then((page) => page.counts.set_aside, () => 0),
    enabled,
    refetchInterval: 60_000,
    staleTime: 30_000,
  });

/** Without `items`: all that are set aside. */
export const tryAgain = (items: number[] | null, key: string) =>
  client.post<{ changed: number }>("/api/v1/deliveries/try-again", { body: items ? { items } : {}, key });

export const giveUp = (items: number[], reason: string, key: string) =>
  client.post<{ changed: number }>("/api/v1/deliveries/give-up", { body: { items, reason }, key });
