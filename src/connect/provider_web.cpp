#include "connect/provider_web.h"

#include <algorithm>
#include <memory>

#include <curl/curl.h>

#include "oidc/url.h"

namespace connectors {

namespace {

constexpr std::size_t kReplyBytesMax = 256 * 1024;
// Somebody waits for the page, and a thread with him.
constexpr long kConnectSeconds = 2;
constexpr long kWholeSeconds = 5;

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& body = *static_cast<std::string*>(user);
  if (body.size() + size * count > kReplyBytesMax) return 0;
  body.append(bytes, size * count);
  return size * count;
}

std::string plain_media_type(const char* header) {
  std::string text = header == nullptr ? "" : header;
  text = text.substr(0, text.find(';'));
  while (!text.empty() && text.back() == ' ') text.pop_back();
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

}  // namespace

base::Outcome<oidc::WebReply> ProviderWeb::send(const oidc::WebRequest& request) {
  const auto url = oidc::parse_url(request.address);
  if (!url.has_value() || !oidc::is_provider_url(request.address)) {
    return base::fault(base::FaultCode::invalid, "not the address of a provider");
  }
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 &curl_easy_cleanup);
  curl_slist* list = nullptr;
  for (const auto& [name, value] : request.headers) {
    list = curl_slist_append(list, (name + ": " + value).c_str());
  }
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(list,
                                                                            &curl_slist_free_all);
  if (curl == nullptr) return base::fault(base::FaultCode::internal, "libcurl does not start");
  oidc::WebReply reply;
  curl_easy_setopt(curl.get(), CURLOPT_URL, request.address.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, url->tls ? "https" : "http");
  // Wherever an answer points, we do not go: our secret is in the request.
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
  curl_easy_setopt(curl.get(), CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  if (!request.form.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
    curl_easy_setopt(curl.get(), CURLOPT_COPYPOSTFIELDS, request.form.data());
  }
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &reply.body);
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, kWholeSeconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "motcua");
  const CURLcode done = curl_easy_perform(curl.get());
  if (done != CURLE_OK) {
    return base::fault(base::FaultCode::unavailable,
                       "identity provider " + url->host + ": " + curl_easy_strerror(done));
  }
  long status = 0;
  char* type = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_TYPE, &type);
  reply.status = static_cast<int>(status);
  reply.media_type = plain_media_type(type);
  return reply;
}

}  // namespace connectors
