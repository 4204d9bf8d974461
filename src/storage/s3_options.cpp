#include <algorithm>
#include <string_view>

#include "storage/s3_file_store.h"

namespace storage {

namespace {

using base::FaultCode;
using base::Outcome;

constexpr std::size_t kLongest = 1024;

bool consists_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.size() <= kLongest &&
         text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view kNameLetters = "abcdefghijklmnopqrstuvwxyz0123456789-.";
constexpr std::string_view kHostLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:[]";
// None of these needs encoding in an address.
constexpr std::string_view kPrefixLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/";

base::Failure<base::Fault> wrong(const std::string& what) {
  return base::fault(FaultCode::invalid, "s3://BUCKET[/PREFIX]?endpoint=URL[&region=…]: " + what);
}

// "http://host:port" or "https://host", without a slash at its end.
bool is_endpoint(std::string_view url) {
  const auto host = url.find("://");
  if (host == std::string_view::npos) return false;
  const std::string_view scheme = url.substr(0, host);
  return (scheme == "http" || scheme == "https") && consists_of(url.substr(host + 3), kHostLetters);
}

bool is_prefix(std::string_view prefix) {
  return consists_of(prefix, kPrefixLetters) && prefix.front() != '/' && prefix.back() != '/' &&
         prefix.find("//") == std::string_view::npos && prefix.find("..") == std::string_view::npos;
}

// The next line without what surrounds it; takes it off the text.
std::string next_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  return std::string{line};
}

bool is_printable(const std::string& text) {
  return !text.empty() && text.size() <= kLongest &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

Outcome<base::Done> read_parameter(std::string_view parameter, S3Options& options) {
  const auto equals = parameter.find('=');
  const std::string_view name = parameter.substr(0, equals);
  std::string_view value =
      equals == std::string_view::npos ? std::string_view{} : parameter.substr(equals + 1);
  if (name == "endpoint") {
    if (value.ends_with('/')) value.remove_suffix(1);
    if (!is_endpoint(value)) return wrong("endpoint wants http(s)://HOST[:PORT]");
    options.endpoint = value;
    return base::Done{};
  }
  if (name == "region") {
    if (!consists_of(value, kNameLetters)) return wrong("region wants a name like us-east-1");
    options.region = value;
    return base::Done{};
  }
  return wrong("unknown parameter " + std::string{name.substr(0, 40)});
}

}  // namespace

Outcome<S3Options> parse_s3_options(const std::string& url, const std::string& credentials) {
  constexpr std::string_view kScheme = "s3://";
  S3Options options;
  std::string_view rest = url;
  if (!rest.starts_with(kScheme)) return wrong("does not begin with s3://");
  rest.remove_prefix(kScheme.size());
  const auto question = rest.find('?');
  const std::string_view place = rest.substr(0, question);
  const auto slash = place.find('/');
  options.bucket = place.substr(0, slash);
  if (!consists_of(options.bucket, kNameLetters) || options.bucket.size() < 3 ||
      options.bucket.size() > 63 || options.bucket.find("..") != std::string::npos) {
    return wrong("a bucket's name has 3 to 63 small letters, digits, hyphens and dots");
  }
  if (slash != std::string_view::npos && slash + 1 < place.size()) {
    options.prefix = place.substr(slash + 1);
    if (options.prefix.ends_with('/')) options.prefix.pop_back();
    if (!is_prefix(options.prefix))
      return wrong("a prefix has letters, digits, '-', '_', '.', '/'");
  }
  std::string_view query =
      question == std::string_view::npos ? std::string_view{} : rest.substr(question + 1);
  while (!query.empty()) {
    const auto end = query.find('&');
    TRY(read_parameter(query.substr(0, end), options));
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
  }
  if (options.endpoint.empty()) return wrong("no endpoint");

  std::string_view lines = credentials;
  options.key_id = next_line(lines);
  options.secret = next_line(lines);
  if (!is_printable(options.key_id) || !is_printable(options.secret) ||
      lines.find_first_not_of(" \r\n") != std::string_view::npos) {
    return base::fault(FaultCode::invalid,
                       "the credentials' file wants two lines: the key id and the secret");
  }
  return options;
}

}  // namespace storage
