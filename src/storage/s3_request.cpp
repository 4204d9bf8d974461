#include "storage/s3_request.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <thread>

#include "base/sha256.h"
#include "storage/postgres/deadline.h"

namespace storage {

namespace {

using base::FaultCode;

constexpr std::size_t kAnswerBytesMax = kS3FileBytesMax + 1024 * 1024;
constexpr std::size_t kAnswerHeadersMax = 100;
constexpr std::size_t kIdleHandlesMax = 16;
// Slower than this over half a minute is as good as dead.
constexpr long kSlowestBytesPerSecond = 1000;
constexpr long kSlowSeconds = 30;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeList>;

bool curl_is_ready() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

struct Unsent {
  std::string_view whole;
  std::string_view rest;
};

std::size_t read_on(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& unsent = *static_cast<Unsent*>(user);
  const std::size_t length = std::min(size * count, unsent.rest.size());
  if (length > 0) std::memcpy(buffer, unsent.rest.data(), length);
  unsent.rest.remove_prefix(length);
  return length;
}

int seek_back(void* user, curl_off_t offset, int origin) {
  auto& unsent = *static_cast<Unsent*>(user);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > unsent.whole.size()) {
    return CURL_SEEKFUNC_FAIL;
  }
  unsent.rest = unsent.whole.substr(static_cast<std::size_t>(offset));
  return CURL_SEEKFUNC_OK;
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& body = *static_cast<std::string*>(user);
  if (body.size() + size * count > kAnswerBytesMax) return 0;
  body.append(data, size * count);
  return size * count;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& headers = *static_cast<std::map<std::string, std::string>*>(user);
  const std::string_view line{data, size * count};
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && headers.size() < kAnswerHeadersMax) {
    std::string name{line.substr(0, colon)};
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    headers[name] = trimmed(line.substr(colon + 1));
  }
  return size * count;
}

bool may_pass(CURLcode result) {
  switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return true;
    default:
      return false;
  }
}

bool may_pass(const S3Answer& answer) {
  return (answer.status >= 500 && answer.status != 501 && answer.status != 507) ||
         answer.status == 429;
}

// The service's own word for what is wrong; the rest of its answer may repeat the key.
std::string code_in(const S3Answer& answer) {
  constexpr std::string_view kOpen = "<Code>";
  constexpr std::size_t kLongest = 60;
  const auto at = answer.body.find(kOpen);
  if (at == std::string::npos) return {};
  std::string code;
  for (std::size_t i = at + kOpen.size(); i < answer.body.size() && code.size() < kLongest; ++i) {
    if (std::isalnum(static_cast<unsigned char>(answer.body[i])) == 0) break;
    code += answer.body[i];
  }
  return code;
}

}  // namespace

std::string S3Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string{} : found->second;
}

S3Client::Handle S3Client::take_handle() {
  const std::scoped_lock lock(mutex_);
  if (idle_.empty()) return Handle{curl_is_ready() ? curl_easy_init() : nullptr};
  Handle handle = std::move(idle_.back());
  idle_.pop_back();
  curl_easy_reset(handle.get());
  return handle;
}

void S3Client::keep(Handle handle) {
  const std::scoped_lock lock(mutex_);
  if (idle_.size() < kIdleHandlesMax) idle_.push_back(std::move(handle));
}

base::Outcome<S3Answer> S3Client::ask(const S3Request& request) {
  std::string address = options_.endpoint + "/" + options_.bucket;
  if (!request.key.empty()) address += "/" + request.key;
  if (!request.query.empty()) address += "?" + request.query;
  const std::string hash = base::to_hex(base::sha256(request.body));
  const auto last_start = postgres::within(options_.request_timeout);
  auto pause = options_.first_pause;
  for (int attempt = 1;; ++attempt) {
    auto answer = ask_once(request, address, hash);
    const bool again =
        answer ? may_pass(*answer) : answer.error().code == base::FaultCode::unavailable;
    if (!again || attempt >= options_.attempts || postgres::time_left(last_start) < pause) {
      return answer;
    }
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

base::Outcome<S3Answer> S3Client::ask_once(const S3Request& request, const std::string& address,
                                           const std::string& hash) {
  Handle handle = take_handle();
  if (handle == nullptr) return base::fault(FaultCode::internal, "libcurl did not start");
  CURL* const curl = handle.get();
  S3Answer answer;
  Unsent unsent{request.body, request.body};
  // libcurl signs the hash, but does not work it out for bodies that are read on demand.  Any other
  // header here would be signed as well, even one without a value that is never sent.
  const Headers headers(curl_slist_append(nullptr, ("x-amz-content-sha256: " + hash).c_str()));
  const std::string signing = "aws:amz:" + options_.region + ":s3";
  curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
                   static_cast<long>(options_.connect_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(options_.request_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kSlowestBytesPerSecond);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
  curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, signing.c_str());
  // Apart: in CURLOPT_USERPWD a key id would end at its first colon.
  curl_easy_setopt(curl, CURLOPT_USERNAME, options_.key_id.c_str());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.secret.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.headers);
  if (!request.range.empty()) curl_easy_setopt(curl, CURLOPT_RANGE, request.range.c_str());
  if (request.method == "HEAD") {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  } else if (request.method == "PUT") {
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &read_on);
    curl_easy_setopt(curl, CURLOPT_READDATA, &unsent);
    curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &seek_back);
    curl_easy_setopt(curl, CURLOPT_SEEKDATA, &unsent);
  } else if (request.method != "GET") {
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  const CURLcode result = curl_easy_perform(curl);
  if (result != CURLE_OK) {
    return base::fault(may_pass(result) ? FaultCode::unavailable : FaultCode::internal,
                       std::string{"file service: "} + curl_easy_strerror(result));
  }
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  keep(std::move(handle));
  return answer;
}

base::Failure<base::Fault> s3_fault(const S3Answer& answer, std::string_view doing) {
  const std::string code = code_in(answer);
  std::string message = "file service: " + std::string{doing} + ": status " +
                        std::to_string(answer.status) + (code.empty() ? "" : " " + code);
  if (answer.status == 401 || answer.status == 403) {
    return base::fault(FaultCode::invalid,
                       message +
                           "; check the key id, the secret, the region, this machine's clock "
                           "and what the key may do with the bucket");
  }
  if (code == "NoSuchBucket") return base::fault(FaultCode::invalid, message);
  if (answer.status == 404) return base::fault(FaultCode::not_found, message);
  if (answer.status == 400) return base::fault(FaultCode::invalid, message);
  if (answer.status == 412) return base::fault(FaultCode::conflict, message);
  if (answer.status == 507 || code == "QuotaExceeded") {
    return base::fault(FaultCode::exhausted, message);
  }
  return base::fault(FaultCode::unavailable, message);
}

std::string s3_encoded(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (byte < 0x80 && std::isalnum(byte) != 0) || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kDigits[byte >> 4U];
      encoded += kDigits[byte & 15U];
    }
  }
  return encoded;
}

}  // namespace storage
