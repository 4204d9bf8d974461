#include "connect/timestamp_authority.h"

#include <memory>

#include <curl/curl.h>

#include "journal/timestamp.h"

namespace connectors {

namespace {

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& answer = *static_cast<std::string*>(user);
  if (answer.size() + size * count > journal::kTimestampBytesMax) return 0;
  answer.append(bytes, size * count);
  return size * count;
}

base::Outcome<std::string> post(const std::string& url, const std::string& body) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 &curl_easy_cleanup);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
      curl_slist_append(nullptr, "Content-Type: application/timestamp-query"),
      &curl_slist_free_all);
  if (curl == nullptr || headers == nullptr) {
    return base::fault(base::FaultCode::internal, "libcurl does not start");
  }
  std::string answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_COPYPOSTFIELDS, body.data());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 5L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 20L);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  const CURLcode done = curl_easy_perform(curl.get());
  if (done != CURLE_OK) {
    return base::fault(base::FaultCode::unavailable,
                       std::string{"time-stamp authority: "} + curl_easy_strerror(done));
  }
  return answer;
}

}  // namespace

base::Outcome<std::string> TimestampAuthority::stamp(std::string_view text) const {
  const journal::TimestampRequest request = journal::timestamp_request(text, random_);
  const std::string reply = TRY(post(url_, request.der));
  return journal::token_of_reply(reply, text, request.nonce, ca_);
}

}  // namespace connectors
