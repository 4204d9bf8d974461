#pragma once
// static_files.h - the web faces, read into memory once at start and served from there.
//
// Beside "x.js" may lie "x.js.br" and "x.js.gz"; the client's Accept-Encoding chooses.  Names below
// a folder "assets" carry a hash of their content and are cached for ever; everything else is asked
// for again with its ETag.  A page that holds the text "%CSP_NONCE%" gets a fresh nonce with each
// answer in its place, the same as in its Content-Security-Policy.
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/fault.h"
#include "base/random.h"
#include "http/request.h"
#include "http/response.h"

namespace http {

// Files of `folder` under `prefix` ("/" or "/desk").  A path below the prefix that is no file,
// lies in no folder "assets" and has no file's ending (letters after a dot) is a place inside the
// application: it gets `index`, relative to the folder, where the client takes pages; an empty
// index means 404.  The longest prefix wins.
struct Mount {
  std::string prefix;
  std::filesystem::path folder;
  std::string index = "index.html";
};

class StaticFiles {
 public:
  // Fault `not_found` where a folder is missing, `exhausted` above 256 MiB in all.
  [[nodiscard]] static base::Outcome<StaticFiles> load(
      const std::vector<Mount>& mounts, base::RandomSource& random = base::system_random());

  // For GET and HEAD; 404 for a path without a file.  Thread-safe.
  [[nodiscard]] Response serve(const Request& request) const;

  [[nodiscard]] std::size_t file_count() const;

 private:
  struct Entry;
  struct Tree;
  std::shared_ptr<const Tree> tree_;  // so that a handler can hold a copy
};

}  // namespace http
