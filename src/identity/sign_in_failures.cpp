#include "identity/sign_in_failures.h"

#include <utility>

namespace identity {
namespace {

using casework::fail;
using casework::Failure;
using casework::FailureKind;

base::Failure<Failure> about_field(const char* field, const char* code, calendar::Bilingual why) {
  Failure failure{FailureKind::unprocessable, code, why, {}};
  failure.problems.push_back({.field = field,
                              .page = {},
                              .code = form::ProblemCode::bad_format,
                              .severity = form::Severity::error,
                              .message = std::move(why)});
  return base::Failure{std::move(failure)};
}

calendar::Bilingual why_not(PasswordRefusal refusal, const PasswordRules& rules) {
  const std::string least = std::to_string(rules.length_min);
  switch (refusal) {
    case PasswordRefusal::too_short:
      return {"Mật khẩu cần ít nhất " + least + " ký tự; một câu dài dễ nhớ là tốt nhất.",
              "A password has at least " + least + " characters; a long sentence is best."};
    case PasswordRefusal::lacks_kinds:
      return {"Mật khẩu cần có chữ thường, chữ hoa, chữ số và ký tự đặc biệt.",
              "A password has lower-case and upper-case letters, a digit and a sign."};
    case PasswordRefusal::too_long:
      return {"Mật khẩu có tối đa 128 ký tự.", "A password has at most 128 characters."};
    case PasswordRefusal::not_text:
      return {"Mật khẩu chứa ký tự không hợp lệ.", "The password has characters that are no text."};
    case PasswordRefusal::common:
      return {"Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác.",
              "This password is too easy to guess. Choose another one."};
    case PasswordRefusal::contains_username:
      return {"Mật khẩu không được chứa tên đăng nhập.",
              "The password must not hold the user name."};
  }
  return {};
}

}  // namespace

base::Failure<Failure> wrong_credentials() {
  return fail(FailureKind::unauthenticated, "wrong-credentials",
              {"Tên đăng nhập hoặc mật khẩu chưa đúng, hoặc tài khoản đã ngừng. Hãy kiểm tra phím "
               "Caps Lock và bộ gõ rồi thử lại; nếu vẫn không được, hãy hỏi người quản trị.",
               "The user name or password is not right, or the account is closed. Check Caps Lock "
               "and try again; if it goes on, ask the administrator."});
}

base::Failure<Failure> throttled(std::chrono::seconds wait) {
  const std::string seconds = std::to_string(wait.count());
  Failure failure{FailureKind::throttled,
                  "too-many-attempts",
                  {"Đã thử quá nhiều lần. Hãy chờ " + seconds + " giây rồi thử lại.",
                   "Too many attempts. Wait " + seconds + " seconds and try again."},
                  {}};
  failure.retry_after_seconds = static_cast<int>(wait.count());
  return base::Failure{std::move(failure)};
}

base::Failure<Failure> wrong_password() {
  return fail(FailureKind::unprocessable, "wrong-password",
              {"Mật khẩu hiện tại chưa đúng.", "The current password is not right."});
}

base::Failure<Failure> factor_failure(FactorRefusal refusal) {
  switch (refusal) {
    case FactorRefusal::wrong:
      return about_field("code", "wrong-second-factor",
                         {"Mã chưa đúng, đã dùng hoặc đã quá hạn. Hãy chờ mã mới trên điện thoại "
                          "rồi nhập lại; kiểm tra giờ của điện thoại nếu vẫn sai.",
                          "The code is wrong, used or too old. Wait for the next one; check your "
                          "telephone's clock if it goes on."});
    case FactorRefusal::challenge_over:
      return fail(FailureKind::unprocessable, "passkey-request-over",
                  {"Yêu cầu dùng khóa truy cập đã hết hạn hoặc đã dùng. Hãy bấm lại.",
                   "The request to the passkey is too old or was answered. Press again."});
    case FactorRefusal::unknown_passkey:
      return fail(FailureKind::unprocessable, "passkey-unknown",
                  {"Khóa truy cập này không thuộc tài khoản. Hãy dùng khóa khác hoặc mã.",
                   "This passkey is not one of the account's. Use another one, or a code."});
    case FactorRefusal::passkey_in_doubt:
      return fail(FailureKind::unprocessable, "passkey-in-doubt",
                  {"Khóa truy cập này có thể đã bị sao chép: bộ đếm của nó chạy lùi. Hãy dùng cách "
                   "khác để vào, xóa khóa này và báo người quản trị.",
                   "This passkey may have been copied: its counter went back. Sign in another way, "
                   "remove it and tell the administrator."});
    case FactorRefusal::passkey_not_taken:
      return fail(
          FailureKind::unprocessable, "passkey-not-taken",
          {"Không xác nhận được khóa truy cập. Hãy thử lại đúng địa chỉ trang này, có mở "
           "khóa bằng vân tay, khuôn mặt hoặc mã PIN.",
           "The passkey could not be verified. Try again at this address, with finger, face "
           "or PIN."});
  }
  return wrong_credentials();
}

base::Failure<Failure> password_failure(PasswordRefusal refusal, const PasswordRules& rules) {
  return about_field("password", "password-not-accepted", why_not(refusal, rules));
}

base::Failure<Failure> password_used_before(int history) {
  const std::string last = std::to_string(history);
  return about_field(
      "password", "password-not-accepted",
      {"Mật khẩu này nằm trong " + last + " mật khẩu gần nhất. Hãy chọn mật khẩu khác.",
       "This is one of your last " + last + " passwords. Choose another one."});
}

base::Failure<Failure> needed_at_the_office() {
  return fail(
      FailureKind::forbidden, "second-factor-needed",
      {"Đăng nhập từ ngoài mạng cơ quan cần xác thực hai lớp, mà tài khoản chưa có. Hãy đăng "
       "nhập tại cơ quan một lần để thiết lập, hoặc nhờ người quản trị cấp lại mật khẩu.",
       "Signing in from outside the office needs a second factor, and the account has none. "
       "Sign in at the office once to set it up, or ask the administrator for a new "
       "password."});
}

base::Failure<Failure> confirmation_required() {
  return fail(FailureKind::forbidden, "confirmation-required",
              {"Việc này cần xác nhận lại bằng lớp xác thực thứ hai. Hãy xác nhận rồi làm lại.",
               "This needs your second factor once more. Confirm it and try again."});
}

base::Failure<Failure> own_authority() {
  return fail(FailureKind::forbidden, "own-authority",
              {"Không ai tự đổi vai trò, cơ quan, thời gian công tác hoặc số định danh của chính "
               "mình. Hãy nhờ quản trị viên khác; họ tên và thông tin liên hệ vẫn sửa được.",
               "Nobody changes his own roles, agency, time of service or identity number. Ask "
               "another administrator; your name and how to reach you can be changed."});
}
base::Failure<Failure> officer_not_found() {
  return fail(FailureKind::not_found, "officer-not-found",
              {"Không có cán bộ này.", "There is no such officer."});
}

}  // namespace identity
