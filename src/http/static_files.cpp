#include "http/static_files.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <system_error>

#include "base/sha256.h"
#include "http/list_value.h"
#include "http/media_type.h"
#include "http/problem.h"
#include "http/security_headers.h"

namespace http {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBytesMax = 256U * 1024 * 1024;
constexpr std::string_view kNoncePlace = "%CSP_NONCE%";

using Bytes = std::shared_ptr<const std::string>;

base::Outcome<std::string> read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return base::fault(base::FaultCode::unavailable, "cannot read " + path.string());
  const std::streamoff size = in.tellg();
  std::string bytes(static_cast<std::size_t>(size), '\0');
  in.seekg(0);
  in.read(bytes.data(), size);
  if (!in) return base::fault(base::FaultCode::unavailable, "cannot read " + path.string());
  return bytes;
}

// The weight a client gives to a coding; 0 where it does not take it.
int weight_of(const std::vector<WeightedItem>& accepted, std::string_view coding) {
  int any = 0;
  for (const WeightedItem& item : accepted) {
    if (equal_ignoring_case(item.name, coding)) return item.weight;
    if (item.name == "*") any = item.weight;
  }
  return any;
}

// Source: RFC 9110, section 13.1.2 (weak comparison, a list, or "*").
bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  for (WeightedItem item : parse_weighted_list(if_none_match)) {
    if (item.name.starts_with("W/")) item.name.remove_prefix(2);
    if (item.name == "*" || item.name == etag) return true;
  }
  return false;
}

std::string with_nonce(const std::string& page, std::string_view nonce) {
  std::string out;
  std::size_t from = 0;
  for (;;) {
    const auto place = page.find(kNoncePlace, from);
    out.append(page, from, place - from);
    if (place == std::string::npos) return out;
    out += nonce;
    from = place + kNoncePlace.size();
  }
}

}  // namespace

struct StaticFiles::Entry {
  std::string_view media_type;
  std::string hash;  // of the plain bytes
  bool immutable = false;
  bool has_nonce_place = false;
  Bytes plain;
  Bytes brotli;  // null where there is none
  Bytes gzip;
};

namespace {

// Places inside an application may hold dots ("/thu-tuc/1.001193", "/xong/H41.101.01-…"); what ends
// in letters after a dot, or lies among the assets, is a file; so is what others hide behind a dot
// ("/.git/config").
bool names_a_file(std::string_view path) {
  if (path.find("/assets/") != std::string_view::npos) return true;
  if (path.find("/.") != std::string_view::npos) return true;
  const std::string_view last = path.substr(path.rfind('/') + 1);
  const std::size_t dot = last.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == last.size()) return false;
  const std::string_view suffix = last.substr(dot + 1);
  return suffix.size() <= 11 && std::ranges::all_of(suffix, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

// A place inside the application is a page: who takes none is told that there is nothing.
bool takes_pages(const Request& request) {
  const std::string_view accept = request.headers.value_or("Accept");
  return accept.empty() || accept.find("text/html") != std::string_view::npos ||
         accept.find("text/*") != std::string_view::npos ||
         accept.find("*/*") != std::string_view::npos;
}

}  // namespace

struct StaticFiles::Tree {
  struct Place {
    std::string prefix;  // without a trailing slash: "" or "/desk"
    std::string index;   // the path of the index as it is served: "/desk/index.html", or empty
  };
  std::vector<Place> places;           // longest prefix first
  std::map<std::string, Entry> files;  // by the path as it is served
  base::RandomSource* random = nullptr;

  [[nodiscard]] const Entry* find(const std::string& path, bool pages) const {
    if (const auto file = files.find(path); file != files.end()) return &file->second;
    if (names_a_file(path)) return nullptr;
    for (const Place& place : places) {
      const bool inside = path == place.prefix || path.starts_with(place.prefix + "/");
      if (!inside) continue;
      if (!pages && path.size() > place.prefix.size() + 1) return nullptr;
      const auto index = files.find(place.index);
      return index == files.end() ? nullptr : &index->second;
    }
    return nullptr;
  }
};

base::Outcome<StaticFiles> StaticFiles::load(const std::vector<Mount>& mounts,
                                             base::RandomSource& random) {
  auto tree = std::make_shared<Tree>();
  tree->random = &random;
  std::size_t total = 0;
  for (const Mount& mount : mounts) {
    const std::string prefix = mount.prefix == "/" ? std::string{} : mount.prefix;
    tree->places.push_back(
        {prefix, mount.index.empty() ? std::string{} : prefix + "/" + mount.index});
    std::error_code error;
    if (!fs::is_directory(mount.folder, error)) {
      return base::fault(base::FaultCode::not_found, "no folder " + mount.folder.string());
    }
    for (fs::recursive_directory_iterator it(mount.folder, error), end; it != end && !error;
         it.increment(error)) {
      if (!it->is_regular_file(error) || it->is_symlink(error)) continue;
      const std::string relative = it->path().lexically_relative(mount.folder).generic_string();
      const bool is_sibling = relative.ends_with(".br") || relative.ends_with(".gz");
      if (is_sibling && fs::exists(fs::path(it->path()).replace_extension(), error)) continue;

      Entry entry;
      std::string plain = TRY(read_whole(it->path()));
      entry.media_type = media_type_of(relative);
      entry.hash = base::to_hex(base::sha256(plain)).substr(0, 24);
      entry.immutable =
          relative.starts_with("assets/") || relative.find("/assets/") != std::string::npos;
      entry.has_nonce_place =
          entry.media_type.starts_with("text/html") && plain.find(kNoncePlace) != std::string::npos;
      total += plain.size();
      entry.plain = std::make_shared<const std::string>(std::move(plain));
      for (const auto& [ending, bytes] : {std::pair{".br", &entry.brotli}, {".gz", &entry.gzip}}) {
        const fs::path sibling = it->path().string() + ending;
        if (!fs::is_regular_file(sibling, error)) continue;
        std::string packed = TRY(read_whole(sibling));
        total += packed.size();
        *bytes = std::make_shared<const std::string>(std::move(packed));
      }
      error.clear();  // a missing sibling is no error
      if (total > kBytesMax) {
        return base::fault(base::FaultCode::exhausted,
                           mount.folder.string() + " is too large to serve from memory");
      }
      tree->files.insert_or_assign(prefix + "/" + relative, std::move(entry));
    }
    if (error) {
      return base::fault(base::FaultCode::unavailable, "cannot list " + mount.folder.string());
    }
  }
  std::ranges::stable_sort(tree->places, std::ranges::greater{},
                           [](const Tree::Place& place) { return place.prefix.size(); });
  StaticFiles files;
  files.tree_ = std::move(tree);
  return files;
}

Response StaticFiles::serve(const Request& request) const {
  const Entry* entry = tree_->find(request.path, takes_pages(request));
  if (entry == nullptr) return error_response(request, standard_problem(404));

  Response response;
  response.headers.add("Content-Type", std::string{entry->media_type});
  if (entry->has_nonce_place) {
    const std::string nonce = base::random_hex(*tree_->random, 16);
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("Content-Security-Policy", page_policy(nonce));
    response.body = with_nonce(*entry->plain, nonce);
    return response;
  }

  const auto accepted = parse_weighted_list(request.headers.value_or("Accept-Encoding"));
  const int brotli = entry->brotli ? weight_of(accepted, "br") : 0;
  const int gzip = entry->gzip ? weight_of(accepted, "gzip") : 0;
  std::string etag = "\"" + entry->hash;
  response.shared_body = entry->plain;
  if (brotli > 0 && brotli >= gzip) {
    response.shared_body = entry->brotli;
    response.headers.add("Content-Encoding", "br");
    etag += "-br";
  } else if (gzip > 0) {
    response.shared_body = entry->gzip;
    response.headers.add("Content-Encoding", "gzip");
    etag += "-gz";
  }
  etag += '"';
  if (entry->brotli || entry->gzip) response.headers.add("Vary", "Accept-Encoding");
  response.headers.add("Cache-Control",
                       entry->immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (etag_matches(request.headers.value_or("If-None-Match"), etag)) {
    response.status = 304;
    response.shared_body.reset();
  }
  response.headers.add("ETag", std::move(etag));
  return response;
}

std::size_t StaticFiles::file_count() const {
  return tree_->files.size();
}

}  // namespace http
