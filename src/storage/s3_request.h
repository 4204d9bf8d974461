#pragma once
// s3_request.h - signed requests to an S3-compatible service, by libcurl.  Private to the store.
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include "base/fault.h"
#include "storage/s3_file_store.h"

namespace storage {

struct S3Request {
  std::string method = "GET";  // GET, HEAD, PUT or DELETE
  std::string key{};    // of the object, of characters that need no encoding; empty: the bucket
  std::string query{};  // encoded and sorted by name, as libcurl signs it: "list-type=2&prefix=a"
  std::string range{};  // "0-1023"
  std::string_view body{};
};

struct S3Answer {
  long status = 0;
  std::string body{};
  std::map<std::string, std::string> headers{};  // names in lower case

  [[nodiscard]] std::string header(const std::string& name) const;
};

// Thread-safe.  Keeps connections for the next request.
class S3Client {
 public:
  explicit S3Client(S3Options options) : options_(std::move(options)) {}

  // Repeats what failed on the way, with 429 or with 5xx, with growing pauses, a few times; any
  // other answer is the caller's to judge.  Faults name neither key nor secret.
  [[nodiscard]] base::Outcome<S3Answer> ask(const S3Request& request);

 private:
  struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  using Handle = std::unique_ptr<CURL, FreeHandle>;

  [[nodiscard]] Handle take_handle();
  void keep(Handle handle);
  [[nodiscard]] base::Outcome<S3Answer> ask_once(const S3Request& request,
                                                 const std::string& address,
                                                 const std::string& hash);

  S3Options options_;
  std::mutex mutex_;
  std::vector<Handle> idle_;
};

// 404: not_found, but `invalid` for a bucket; 401 and 403: invalid; 412: conflict; 507: exhausted;
// others: unavailable.
[[nodiscard]] base::Failure<base::Fault> s3_fault(const S3Answer& answer, std::string_view doing);

// As AWS encodes a value in an address.
[[nodiscard]] std::string s3_encoded(std::string_view text);

}  // namespace storage
