// use_evaluation.ts - what the answers so far lead to, asked of the server while one types; `current`
// says whether it is about these very answers.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Answers, Evaluation } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";

const typingPauseMs = 250;

export function useEvaluation(procedure: string, answers: Answers, agency: string) {
  const [settled] = useDebouncedValue(answers, typingPauseMs);
  const query = useQuery({
    queryKey: ["evaluation", procedure, settled, agency],
    queryFn: ({ signal }) =>
      client.post<Evaluation>("/api/v1/procedures/{code}/evaluation", {
        path: { code: procedure },
        body: { answers: settled, channel: "counter", ...(agency === "" ? {} : { agency }) },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  return { ...query, current: settled === answers && query.data !== undefined && !query.isPlaceholderData };
}
