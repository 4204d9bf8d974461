#include "http/problem.h"

#include <string>

#include <gtest/gtest.h>

namespace http {
namespace {

base::json::object members(const Response& response) {
  auto parsed = base::parse_json(response.body);
  EXPECT_TRUE(parsed) << response.body;
  return parsed ? parsed->as_object() : base::json::object{};
}

Problem incomplete() {
  Problem what;
  what.status = 422;
  what.type = "form-incomplete";
  what.title = "Tờ khai còn thiếu";
  what.detail = "Hãy điền các mục được đánh dấu.";
  what.title_en = "The form is incomplete";
  what.errors = {{"child.full_name", "required", "Hãy nhập họ và tên", "Enter the full name"},
                 {"father.personal_id", "invalid", "Số định danh không đúng", ""}};
  what.extra["draft"] = "D-17";
  what.extra["status"] = 999;
  return what;
}

TEST(Problem, CarriesEveryFieldErrorAtOnce) {
  Request request;
  request.trace_id = "0123";
  const Response response = problem(request, incomplete());
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"https://motcua.vn/problems/form-incomplete","title":"Tờ khai còn thiếu",)"
            R"("status":422,"detail":"Hãy điền các mục được đánh dấu.","trace_id":"0123",)"
            R"("errors":[{"field":"child.full_name","code":"required","message":)"
            R"("Hãy nhập họ và tên"},{"field":"father.personal_id","code":"invalid",)"
            R"("message":"Số định danh không đúng"}],"draft":"D-17"})");
}

TEST(Problem, SpeaksEnglishWhereItIsPreferredAndKnown) {
  Request request;
  request.headers.add("Accept-Language", "en");
  const auto body = members(problem(request, incomplete()));
  EXPECT_EQ(body.at("title"), "The form is incomplete");
  EXPECT_EQ(body.at("detail"), "Hãy điền các mục được đánh dấu.");
  EXPECT_EQ(body.at("errors").at(0).at("message"), "Enter the full name");
  EXPECT_EQ(body.at("errors").at(1).at("message"), "Số định danh không đúng");
}

TEST(StandardProblem, HasTextInBothLanguagesForEveryStatusOfTheServer) {
  for (const int status :
       {400, 401, 403, 404, 405, 408, 411, 413, 415, 417, 429, 431, 500, 501, 503, 505, 507}) {
    const Problem what = standard_problem(status);
    EXPECT_EQ(what.status, status);
    EXPECT_FALSE(what.type.empty() || what.title.empty() || what.detail.empty() ||
                 what.title_en.empty() || what.detail_en.empty())
        << status;
  }
  EXPECT_EQ(standard_problem(799).status, 500);
}

TEST(ErrorResponse, IsAPageOnlyForABrowserOutsideTheApi) {
  Request request;
  request.path = "/nowhere";
  request.trace_id = "<id>";
  EXPECT_EQ(error_response(request, standard_problem(404)).headers.find("Content-Type"),
            "application/problem+json");
  request.headers.add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
  const Response page = error_response(request, standard_problem(404));
  EXPECT_EQ(page.headers.find("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(page.body.find("<h1>Không tìm thấy</h1>"), std::string::npos);
  EXPECT_NE(page.body.find("&lt;id&gt;"), std::string::npos);
  request.path = "/api/v1/nowhere";
  EXPECT_EQ(error_response(request, standard_problem(404)).headers.find("Content-Type"),
            "application/problem+json");
}

}  // namespace
}  // namespace http
