#pragma once
// fault.h - the world failed: a disk, a file, a library, another machine.
//
// A small closed set of codes.  Adapters catch their library's exceptions at their own boundary and
// turn them into faults; no exception crosses a module's public header.
#include <source_location>
#include <string>
#include <utility>

#include "base/result.h"

namespace base {

enum class FaultCode {
  invalid,            // what was read is not of the form it should have; the message says where
  not_found,          // the thing asked for does not exist
  conflict,           // another writer was first; load again and decide again
  unavailable,        // may work later: busy, not connected, shutting down
  deadline_exceeded,  // took longer than the caller allowed
  exhausted,          // disk full, quota or limit reached
  corrupt,            // stored data does not mean what it must; a person has to look
  internal,           // a library failed in a way we do not know
};

struct Fault {
  FaultCode code = FaultCode::internal;
  std::string message;  // for operators, in English, without personal data
  std::source_location at = std::source_location::current();

  // Equality ignores where the fault was raised, so that tests can compare.
  friend bool operator==(const Fault& a, const Fault& b) {
    return a.code == b.code && a.message == b.message;
  }
};

[[nodiscard]] inline Failure<Fault> fault(
    FaultCode code, std::string message,
    std::source_location at = std::source_location::current()) {
  return Failure<Fault>{Fault{code, std::move(message), at}};
}

template <class T>
using Outcome = Result<T, Fault>;

}  // namespace base
