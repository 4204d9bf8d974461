#include "storage/s3_file_store.h"

#include <array>
#include <mutex>
#include <utility>

#include "base/sha256.h"
#include "calendar/clock.h"
#include "storage/held_back_source.h"
#include "storage/s3_listing.h"
#include "storage/s3_request.h"

namespace storage {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;
using calendar::Instant;

// Fetched at once while a file is read.
constexpr std::size_t kWindowBytes = 1024UL * 1024;
constexpr int kPagesMax = 1'000'000;

Outcome<std::int64_t> read_length(const std::string& text) {
  constexpr std::size_t kDigitsMax = 15;
  if (text.empty() || text.size() > kDigitsMax ||
      text.find_first_not_of("0123456789") != std::string::npos) {
    return base::fault(FaultCode::unavailable, "file service: it does not say how long a file is");
  }
  return std::stoll(text);
}

base::Failure<base::Fault> too_large() {
  return base::fault(FaultCode::exhausted, "file service: a file of more than " +
                                               std::to_string(kS3FileBytesMax >> 20U) + " MiB");
}

// A part of an object, and how long the whole is.
struct Window {
  std::string bytes;
  std::int64_t whole = 0;
};

class S3FileStore final : public casework::FileStore {
 public:
  explicit S3FileStore(const S3Options& options)
      : prefix_(options.prefix.empty() ? "" : options.prefix + "/"), client_(options) {}

  // Wrong keys and missing buckets are told here.
  Outcome<Done> look() {
    const auto page = TRY(page_after("", 1));
    return Done{};
  }

  Outcome<std::string> put(std::string_view bytes) override {
    if (bytes.size() > kS3FileBytesMax) return too_large();
    std::string address = base::to_hex(base::sha256(bytes));
    const std::scoped_lock lock(place(address));
    const auto answer = TRY(client_.ask({.method = "PUT", .key = key_of(address), .body = bytes}));
    if (answer.status != 200 && answer.status != 201) return s3_fault(answer, "put");
    return address;
  }

  Outcome<std::unique_ptr<casework::FileSink>> open_sink() override {
    return std::unique_ptr<casework::FileSink>{std::make_unique<Sink>(*this)};
  }

  Outcome<std::string> get(const std::string& address) override {
    auto source = TRY(open(address));
    std::string content;
    for (;;) {
      const std::string piece = TRY(source->next());
      if (piece.empty()) return content;
      content += piece;
    }
  }

  Outcome<std::unique_ptr<casework::FileSource>> open(const std::string& address) override {
    TRY(check(address));
    Window first = TRY(window(address, 0));
    const std::int64_t size = first.whole;
    return held_back_source(address, size,
                            std::make_unique<S3Pieces>(*this, address, std::move(first)));
  }

  Outcome<std::int64_t> size(const std::string& address) override {
    TRY(check(address));
    const auto answer = TRY(client_.ask({.method = "HEAD", .key = key_of(address)}));
    if (answer.status != 200) return s3_fault(answer, "size");
    return read_length(answer.header("content-length"));
  }

  Outcome<Done> each(const std::function<bool(const casework::StoredFile&)>& visit) override {
    constexpr int kAtOnce = 1000;
    std::string token;
    for (int pages = 0; pages < kPagesMax; ++pages) {
      auto page = TRY(page_after(token, kAtOnce));
      for (const auto& object : page.listing.objects) {
        const auto address = address_in(object.key);
        if (!address.has_value()) continue;
        if (!visit({.address = *address,
                    .size = object.size,
                    .put_at = latest_put(page.answer, object.modified, page.at)})) {
          return Done{};
        }
      }
      if (page.listing.following.empty()) return Done{};
      token = std::move(page.listing.following);
    }
    return base::fault(FaultCode::unavailable, "file service: its listing does not end");
  }

  Outcome<bool> remove_put_before(const std::string& address, Instant moment) override {
    TRY(check(address));
    const std::scoped_lock lock(place(address));
    const auto answer = TRY(client_.ask({.method = "HEAD", .key = key_of(address)}));
    if (answer.status == 404) return false;
    if (answer.status != 200) return s3_fault(answer, "look at a file");
    const auto modified = read_http_date(answer.header("last-modified"));
    if (!modified.has_value()) {
      return base::fault(FaultCode::unavailable, "file service: it does not say how old a file is");
    }
    if (latest_put(answer, *modified, now()) >= moment) return false;
    TRY(remove_at(address));
    return true;
  }

  Outcome<Done> remove(const std::string& address) override {
    TRY(check(address));
    const std::scoped_lock lock(place(address));
    return remove_at(address);
  }

 private:
  // Its key is its hash, so it has to wait here for its end.
  class Sink final : public casework::FileSink {
   public:
    explicit Sink(S3FileStore& store) : store_(store) {}
    Outcome<Done> append(std::string_view bytes) override {
      if (bytes.size() > kS3FileBytesMax - bytes_.size()) return too_large();
      bytes_ += bytes;
      return Done{};
    }
    Outcome<std::string> finish() override { return store_.put(std::exchange(bytes_, {})); }

   private:
    S3FileStore& store_;
    std::string bytes_;
  };

  class S3Pieces final : public Pieces {
   public:
    S3Pieces(S3FileStore& store, std::string address, Window first)
        : store_(store), address_(std::move(address)), window_(std::move(first)) {}
    Outcome<std::string> read(std::size_t most) override {
      if (at_ == window_.bytes.size()) {
        begin_ += static_cast<std::int64_t>(window_.bytes.size());
        if (begin_ >= window_.whole || window_.bytes.empty()) return std::string{};
        window_ = TRY(store_.window(address_, begin_));
        at_ = 0;
      }
      std::string piece = window_.bytes.substr(at_, most);
      at_ += piece.size();
      return piece;
    }

   private:
    S3FileStore& store_;
    std::string address_;
    Window window_;
    std::int64_t begin_ = 0;  // of the window, in the file
    std::size_t at_ = 0;      // in the window
  };

  struct Page {
    S3Listing listing;
    S3Answer answer;
    Instant at{};
  };

  static Outcome<Done> check(const std::string& address) {
    if (casework::is_file_address(address)) return Done{};
    return base::fault(FaultCode::not_found, "not a file address");
  }
  static Instant now() { return calendar::SystemClock{}.now(); }

  [[nodiscard]] std::string key_of(const std::string& address) const {
    return prefix_ + address.substr(0, 2) + "/" + address;
  }
  [[nodiscard]] std::optional<std::string> address_in(const std::string& key) const {
    if (key.size() < prefix_.size()) return std::nullopt;
    const auto slash = key.rfind('/');
    if (slash == std::string::npos) return std::nullopt;
    std::string address = key.substr(slash + 1);
    if (!casework::is_file_address(address) || key != key_of(address)) return std::nullopt;
    return address;
  }
  std::mutex& place(const std::string& address) {
    return places_[static_cast<std::size_t>(std::stoi(address.substr(0, 2), nullptr, 16)) %
                   places_.size()];
  }

  Outcome<Window> window(const std::string& address, std::int64_t begin) {
    const std::int64_t end = begin + static_cast<std::int64_t>(kWindowBytes);
    auto answer = TRY(client_.ask(
        {.key = key_of(address), .range = std::to_string(begin) + "-" + std::to_string(end - 1)}));
    // Of nothing there is no part.
    if (answer.status == 416 && begin == 0) return Window{};
    if (answer.status == 200) {
      // The whole after all.
      const auto whole = static_cast<std::int64_t>(answer.body.size());
      if (begin >= whole) return Window{.bytes = {}, .whole = whole};
      return Window{.bytes = answer.body.substr(static_cast<std::size_t>(begin)), .whole = whole};
    }
    if (answer.status != 206) return s3_fault(answer, "get");
    const std::string range = answer.header("content-range");
    const std::string expected = "bytes " + std::to_string(begin) + "-";
    if (!range.starts_with(expected)) {
      return base::fault(FaultCode::unavailable, "file service: another part than asked for");
    }
    const std::int64_t whole = TRY(read_length(range.substr(range.rfind('/') + 1)));
    return Window{.bytes = std::move(answer.body), .whole = whole};
  }

  Outcome<Page> page_after(const std::string& token, int most) {
    // Sorted by name, as the signature wants it.
    std::string query;
    if (!token.empty()) query = "continuation-token=" + s3_encoded(token) + "&";
    query += "list-type=2&max-keys=" + std::to_string(most) + "&prefix=" + s3_encoded(prefix_);
    Page page;
    page.answer = TRY(client_.ask({.query = query}));
    page.at = now();
    if (page.answer.status != 200) return s3_fault(page.answer, "list");
    page.listing = TRY(read_s3_listing(page.answer.body));
    return page;
  }

  Outcome<Done> remove_at(const std::string& address) {
    const auto answer = TRY(client_.ask({.method = "DELETE", .key = key_of(address)}));
    if (answer.status == 200 || answer.status == 204 || answer.status == 404) return Done{};
    return s3_fault(answer, "remove");
  }

  std::string prefix_;
  S3Client client_;
  // Between a put and a removal of the same file.
  std::array<std::mutex, 256> places_;
};

}  // namespace

Outcome<std::unique_ptr<casework::FileStore>> open_s3_files(S3Options options) {
  auto store = std::make_unique<S3FileStore>(std::move(options));
  TRY(store->look());
  return std::unique_ptr<casework::FileStore>{std::move(store)};
}

}  // namespace storage
