#pragma once
// file_store.h - the port for the bytes of papers and results: addressed by their SHA-256.
//
// A store belongs to one tenant.  What is in it and named by no row of the tenant's Store is
// garbage (casework/garbage.h), so whoever keeps an address puts the bytes first and writes the row
// afterwards, within the grace time of the collection.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "calendar/instant.h"

namespace casework {

// A file on its way in, of any length, in pieces.  Without finish() nothing of it is kept.
class FileSink {
 public:
  virtual ~FileSink() = default;
  // After a fault the sink is of no use any more.
  [[nodiscard]] virtual base::Outcome<base::Done> append(std::string_view bytes) = 0;
  // Durable when it returns the address.  Call once, last.
  [[nodiscard]] virtual base::Outcome<std::string> finish() = 0;
};

// A file on its way out, in pieces.  The last piece is held back until the hash of the whole has
// been compared with the address: who has received size() bytes has received what was stored, and
// whoever acts on less acts on what nobody vouches for.
class FileSource {
 public:
  virtual ~FileSource() = default;
  [[nodiscard]] virtual std::int64_t size() const = 0;
  // The next piece, at most 64 KiB; empty: the end, and the whole was what its address says.  Fault
  // `corrupt` in place of the last piece when it was not.
  [[nodiscard]] virtual base::Outcome<std::string> next() = 0;
};

struct StoredFile {
  std::string address;  // SHA-256 in hex, lower case
  std::int64_t size = 0;
  calendar::Instant put_at{};  // last time, by this program's clock
};

// Every fault says: `not_found` (gone, or no address at all), `corrupt` (the bytes changed),
// `exhausted` (no room left), `unavailable` (may work later).
class FileStore {
 public:
  virtual ~FileStore() = default;

  // Durable when it returns.  Putting the same bytes twice is one file, whose age begins anew; what
  // was there but spoiled is whole again.
  [[nodiscard]] virtual base::Outcome<std::string> put(std::string_view bytes) = 0;
  [[nodiscard]] virtual base::Outcome<std::unique_ptr<FileSink>> open_sink() = 0;

  // Checked against the address.
  [[nodiscard]] virtual base::Outcome<std::string> get(const std::string& address) = 0;
  [[nodiscard]] virtual base::Outcome<std::unique_ptr<FileSource>> open(
      const std::string& address) = 0;
  // Looks at nothing but the length.
  [[nodiscard]] virtual base::Outcome<std::int64_t> size(const std::string& address) = 0;

  // Every file that was there all the while; of one that comes or goes meanwhile nothing is
  // promised.  Ends when `visit` says false.
  [[nodiscard]] virtual base::Outcome<base::Done> each(
      const std::function<bool(const StoredFile&)>& visit) = 0;
  // Removes the file if it was last put before `moment`, and says whether it did.  Atomic towards
  // put() of the same bytes through this object: either the put comes first, the file is young, and
  // it stays, or it comes after and writes the bytes anew.
  [[nodiscard]] virtual base::Outcome<bool> remove_put_before(const std::string& address,
                                                              calendar::Instant moment) = 0;
  // Whatever its age; done as well when there is none.
  [[nodiscard]] virtual base::Outcome<base::Done> remove(const std::string& address) = 0;
};

// 64 lower-case hexadecimal digits.
[[nodiscard]] inline bool is_file_address(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace casework
