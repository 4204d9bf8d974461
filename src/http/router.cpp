#include "http/router.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/ensure.h"

namespace http {
namespace {

constexpr std::size_t kMethods = static_cast<std::size_t>(Method::other);

std::size_t index_of(Method method) {
  return static_cast<std::size_t>(method);
}

bool is_below_api(const Target& target) {
  return !target.segments.empty() && target.segments.front() == "api";
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::array<const Route*, kMethods> routes{};

  [[nodiscard]] bool has_route() const {
    return std::ranges::any_of(routes, [](const Route* route) { return route != nullptr; });
  }

  // Depth first, a literal before a parameter, so that "/dossiers/export" beats "/dossiers/{id}"
  // and yet "/dossiers/export/x" may still mean "/dossiers/{id}/x".
  [[nodiscard]] const Node* find(const std::vector<std::string>& segments, std::size_t at,
                                 std::vector<std::string>& values) const {
    if (at == segments.size()) return has_route() ? this : nullptr;
    if (const auto literal = literals.find(segments[at]); literal != literals.end()) {
      if (const Node* node = literal->second->find(segments, at + 1, values)) return node;
    }
    if (parameter && !segments[at].empty()) {
      values.push_back(segments[at]);
      if (const Node* node = parameter->find(segments, at + 1, values)) return node;
      values.pop_back();
    }
    return nullptr;
  }
};

namespace {

std::vector<std::string_view> pieces_of(std::string_view pattern) {
  ENSURE(pattern.starts_with('/'), "a route pattern begins with a slash");
  std::vector<std::string_view> pieces;
  std::string_view rest = pattern.substr(1);
  for (;;) {
    const auto slash = rest.find('/');
    pieces.push_back(rest.substr(0, slash));
    if (slash == std::string_view::npos) return pieces;
    rest = rest.substr(slash + 1);
  }
}

bool is_parameter(std::string_view piece) {
  return piece.size() > 2 && piece.front() == '{' && piece.back() == '}';
}

std::vector<std::pair<std::string, std::string>> named(std::string_view pattern,
                                                       std::vector<std::string> values) {
  std::vector<std::pair<std::string, std::string>> result;
  auto value = values.begin();
  for (const std::string_view piece : pieces_of(pattern)) {
    if (is_parameter(piece)) {
      result.emplace_back(piece.substr(1, piece.size() - 2), std::move(*value++));
    }
  }
  return result;
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
  ENSURE(method != Method::other && method != Method::head, "HEAD is answered by the GET route");
  Node* node = root_.get();
  for (const std::string_view piece : pieces_of(pattern)) {
    std::unique_ptr<Node>* next = nullptr;
    if (is_parameter(piece)) {
      next = &node->parameter;
    } else {
      next = &node->literals.try_emplace(std::string{piece}).first->second;
    }
    if (!*next) *next = std::make_unique<Node>();
    node = next->get();
  }
  const Route*& slot = node->routes[index_of(method)];
  ENSURE(slot == nullptr, "two routes have the same method and shape");
  routes_.push_back(std::make_unique<Route>(
      Route{method, std::string{pattern}, std::move(options), std::move(handler)}));
  slot = routes_.back().get();
}

void Router::set_fallback(Handler handler, RunsOn runs_on) {
  RouteOptions options;
  options.runs_on = runs_on;
  fallback_ = std::make_unique<Route>(Route{Method::get, "/", options, std::move(handler)});
}

Match Router::find(Method method, const Target& target) const {
  std::vector<std::string> values;
  const Node* node = root_->find(target.segments, 0, values);
  const bool reads = method == Method::get || method == Method::head;
  if (node == nullptr) {
    if (!fallback_ || is_below_api(target)) return NotFound{};
    if (reads) return Found{fallback_.get(), {}};
    return MethodNotAllowed{"GET, HEAD"};
  }
  const Method wanted = method == Method::head ? Method::get : method;
  if (wanted != Method::other) {
    if (const Route* route = node->routes[index_of(wanted)]) {
      return Found{route, named(route->pattern, std::move(values))};
    }
  }
  std::string allow;
  for (const Route* route : node->routes) {
    if (route == nullptr) continue;
    allow += to_text(route->method);
    allow += route->method == Method::get ? ", HEAD, " : ", ";
  }
  if (node->routes[index_of(Method::options)] == nullptr) allow += "OPTIONS, ";
  allow.resize(allow.size() - 2);
  return MethodNotAllowed{std::move(allow)};
}

}  // namespace http
