#include "http/router.h"

#include <string>

#include <gtest/gtest.h>

namespace http {
namespace {

Router office_router() {
  Router router;
  const auto nothing = [](const Request&) { return no_content(); };
  for (const auto& [method, pattern] : {std::pair{Method::get, "/api/v1/dossiers"},
                                        {Method::post, "/api/v1/dossiers"},
                                        {Method::get, "/api/v1/dossiers/{id}"},
                                        {Method::get, "/api/v1/dossiers/export"},
                                        {Method::post, "/api/v1/dossiers/{id}/receive"},
                                        {Method::get, "/healthz"},
                                        {Method::del, "/api/v1/dossiers/{dossier}/files/{file}"}}) {
    RouteOptions options;
    options.operation_id = pattern;
    router.add(method, pattern, nothing, options);
  }
  return router;
}

// "pattern a=1 b=2", "404", or "405 <allow>".
std::string found(const Router& router, Method method, std::string_view path) {
  const auto target = parse_target(path);
  if (!target) return "400";
  const Match match = router.find(method, *target);
  if (const auto* not_allowed = std::get_if<MethodNotAllowed>(&match)) {
    return "405 " + not_allowed->allow;
  }
  const auto* hit = std::get_if<Found>(&match);
  if (hit == nullptr) return "404";
  std::string text = hit->route->pattern;
  for (const auto& [name, value] : hit->path_parameters) text += " " + name + "=" + value;
  return text;
}

TEST(Router, FindsTheRouteAndItsParameters) {
  const Router router = office_router();
  struct Case {
    Method method;
    const char* path;
    const char* expected;
  };
  const Case cases[] = {
      {Method::get, "/api/v1/dossiers", "/api/v1/dossiers"},
      {Method::head, "/api/v1/dossiers", "/api/v1/dossiers"},
      {Method::get, "/api/v1/dossiers/7", "/api/v1/dossiers/{id} id=7"},
      {Method::get, "/api/v1/dossiers/export", "/api/v1/dossiers/export"},
      {Method::post, "/api/v1/dossiers/export/receive", "/api/v1/dossiers/{id}/receive id=export"},
      {Method::del, "/api/v1/dossiers/7/files/a%20b",
       "/api/v1/dossiers/{dossier}/files/{file} dossier=7 file=a b"},
      {Method::get, "/healthz", "/healthz"},
      {Method::get, "/api/v1/dossiers/", "404"},
      {Method::get, "/api/v1//dossiers", "404"},
      {Method::get, "/api/v1", "404"},
      {Method::get, "/", "404"},
      {Method::put, "/api/v1/dossiers", "405 GET, HEAD, POST, OPTIONS"},
      {Method::other, "/healthz", "405 GET, HEAD, OPTIONS"},
      {Method::get, "/api/v1/dossiers/7/receive", "405 POST, OPTIONS"},
  };
  for (const Case& c : cases) EXPECT_EQ(found(router, c.method, c.path), c.expected) << c.path;
}

TEST(Router, LeavesPagesToTheFallbackButNeverTheApi) {
  Router router = office_router();
  router.set_fallback([](const Request&) { return no_content(); });
  EXPECT_EQ(found(router, Method::get, "/desk/inbox"), "/");
  EXPECT_EQ(found(router, Method::head, "/"), "/");
  EXPECT_EQ(found(router, Method::post, "/desk"), "405 GET, HEAD");
  EXPECT_EQ(found(router, Method::get, "/api/unknown"), "404");
  EXPECT_EQ(found(router, Method::get, "/api"), "404");
  EXPECT_EQ(found(router, Method::get, "/apis"), "/");
}

TEST(Router, ListsItsRoutesInOrder) {
  const Router router = office_router();
  ASSERT_EQ(router.routes().size(), 7U);
  EXPECT_EQ(router.routes().front()->options.operation_id, "/api/v1/dossiers");
}

TEST(RouterDeathTest, RefusesTwoRoutesOfOneShape) {
  Router router = office_router();
  EXPECT_DEATH(router.add(Method::get, "/api/v1/dossiers/{other}",
                          [](const Request&) { return no_content(); }),
               "same method and shape");
}

}  // namespace
}  // namespace http
