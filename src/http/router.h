#pragma once
// router.h - which handler answers which method and path.
//
// Filled once by the composition root, then only read, from many threads.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/request.h"
#include "http/response.h"
#include "http/target.h"

namespace http {

// An ordinary function on a thread of the pool.  It may block.  What it throws becomes a 500.
using Handler = std::function<Response(const Request&)>;

// Where a handler runs.  `io` is for answers that are ready in memory in a few microseconds: such a
// handler must never block.
enum class RunsOn { pool, io };

struct RouteOptions {
  std::string operation_id;                     // of api/openapi.yaml
  std::optional<std::uint64_t> max_body_bytes;  // otherwise the server's default
  // A body above ServerOptions::body_in_memory_bytes goes to a temporary file.
  bool streamed_body = false;
  // Media types the body may have; empty: any.  Another one is answered 415.
  std::vector<std::string> body_types;
  RunsOn runs_on = RunsOn::pool;
};

struct Route {
  Method method;
  std::string pattern;
  RouteOptions options;
  Handler handler;
};

struct Found {
  const Route* route;
  std::vector<std::pair<std::string, std::string>> path_parameters;
};
struct NotFound {};
struct MethodNotAllowed {
  std::string allow;  // "GET, HEAD, OPTIONS"
};
using Match = std::variant<Found, NotFound, MethodNotAllowed>;

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // `pattern` is "/api/v1/dossiers/{id}/receive": literal segments and {names}, a literal wins.
  // Requires: no route of that method and shape yet.
  void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});

  // Answers GET and HEAD of every path that no route has and that is not below "/api" (pages).
  void set_fallback(Handler handler, RunsOn runs_on = RunsOn::io);

  // HEAD finds the GET route.
  [[nodiscard]] Match find(Method method, const Target& target) const;

  // In the order they were added, without the fall-back: for the test against openapi.yaml.
  [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
  struct Node;
  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route>> routes_;
  std::unique_ptr<Route> fallback_;
};

}  // namespace http
