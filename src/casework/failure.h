#pragma once
// failure.h - why a use case did not do what it was asked: one type for the edge to turn into an
// answer.  Says what happened, why and what to do, in both languages.
#include <cstdint>
#include <string>
#include <vector>

#include "base/fault.h"
#include "calendar/language.h"
#include "dossier/refusal.h"
#include "form/validation.h"
#include "party/authority.h"

namespace casework {

using calendar::Bilingual;

enum class FailureKind {
  invalid,          // the request is not of the form it must have
  unprocessable,    // well formed, but its content is not acceptable; see `problems`
  unauthenticated,  // sign in first
  forbidden,        // this person may not
  not_found,
  gone,             // was there, and its time is over
  not_allowed_now,  // the rules of the dossier say no in its present state
  stale,            // changed by somebody else since it was read
  key_missing,      // no Idempotency-Key
  key_in_flight,    // the first request with that key has not been answered yet
  key_reused,       // the key was used for another request
  too_large,
  unsupported,  // media type
  throttled,
  unavailable,  // the machine's clock, disk or load; may work later
  full,         // no room on disk
};

struct Failure {
  FailureKind kind = FailureKind::invalid;
  std::string code;  // stable slug: "answers-incomplete"
  Bilingual detail;
  std::vector<form::FieldProblem> problems{};
  std::int64_t version = 0;     // stale: the version that is there
  int retry_after_seconds = 0;  // throttled, unavailable
};

template <class T>
using Answer = base::Result<T, Failure>;

[[nodiscard]] base::Failure<Failure> fail(FailureKind kind, std::string code, Bilingual detail);
[[nodiscard]] Failure failure_from(const base::Fault& fault);
[[nodiscard]] Failure failure_from(const dossier::Objection& objection);
[[nodiscard]] Failure failure_from(const party::Verdict& verdict);

}  // namespace casework

// The value of an Outcome or decision, or its error as a casework::Failure.
#define TRY_AS_FAILURE(expression)                                           \
  __extension__({                                                            \
    auto&& try_failure = (expression);                                       \
    if (!try_failure.has_value()) {                                          \
      return ::base::Failure{::casework::failure_from(try_failure.error())}; \
    }                                                                        \
    std::move(try_failure).value();                                          \
  })
