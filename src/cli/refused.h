#pragma once
// refused.h - answers within a subcommand: what went wrong has been told on stderr when it is one.
#include <string>
#include <utility>

#include "base/fault.h"
#include "cli/manners.h"

namespace cli {

struct Refused {
  int status = kFault;  // what to exit with
};
template <class T>
using Answer = base::Result<T, Refused>;

[[nodiscard]] inline base::Failure<Refused> refuse(const base::Fault& fault) {
  return base::Failure{Refused{report(fault)}};
}
[[nodiscard]] inline base::Failure<Refused> refuse_words(const std::string& message) {
  return base::Failure{Refused{report_usage(message)}};
}
template <class T>
[[nodiscard]] Answer<T> told(base::Outcome<T> outcome) {
  if (!outcome) return refuse(outcome.error());
  return std::move(outcome).value();
}

}  // namespace cli
