#include "connect/mail_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/sha256.h"
#include "base/text.h"
#include "party/email.h"

namespace connectors {

namespace {

constexpr std::size_t kLineMax = 76;
// RFC 2047, 2: a line with an encoded word has at most 76 characters; the frame of a word takes 12.
constexpr std::size_t kWordFrame = 12;

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; }) &&
         text.find("=?") == std::string_view::npos;
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    for (std::size_t i = 0; i < 3; ++i) {
      group = (group << 8U) | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= count ? kAlphabet[(group >> (18U - 6U * i)) & 0x3FU] : '=';
    }
  }
  return text;
}

char hex(unsigned value) {
  return "0123456789ABCDEF"[value & 0xFU];
}

// A display name: quoted where it has specials.
std::string phrase(const std::string& name) {
  if (!is_plain(name)) return encoded_words(name, 6);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string encoded_words(std::string_view text, std::size_t column) {
  if (is_plain(text) && column + text.size() <= 900) return std::string{text};
  std::string words;
  while (!text.empty()) {
    const std::size_t before = words.empty() ? std::min<std::size_t>(column, 40) : 1;
    const std::size_t room = (kLineMax - before - kWordFrame) / 4 * 3;
    std::size_t length = std::min(room, text.size());
    while (length < text.size() && length > 0 && continues_character(text[length])) --length;
    if (length == 0) length = std::min(room, text.size());  // not UTF-8: cut anywhere
    if (!words.empty()) words += "\r\n ";
    words += "=?UTF-8?B?" + base64(text.substr(0, length)) + "?=";
    text.remove_prefix(length);
  }
  return words;
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  const auto put = [&](std::string_view piece) {
    if (column + piece.size() > kLineMax - 1) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const bool ends_line = at + 1 == text.size() || text[at + 1] == '\n' || text[at + 1] == '\r';
    const bool blank = c == ' ' || c == '\t';
    if ((byte > ' ' && byte < 0x7F && c != '=') || (blank && !ends_line)) {
      put(std::string_view{&text[at], 1});
    } else {
      const std::array<char, 3> escaped{'=', hex(byte >> 4U), hex(byte)};
      put({escaped.data(), escaped.size()});
    }
  }
  return out;
}

std::string mail_date(calendar::Instant at) {
  constexpr std::array<const char*, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const calendar::Date on = calendar::local_date(at);
  const std::chrono::year_month_day ymd{on};
  const auto seconds = std::chrono::floor<std::chrono::seconds>((at + calendar::kVietnamOffset) -
                                                                calendar::Instant{on})
                           .count();
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0700",
                kDays[static_cast<std::size_t>(calendar::iso_weekday(on) - 1)],
                static_cast<unsigned>(ymd.day()), kMonths[static_cast<unsigned>(ymd.month()) - 1],
                static_cast<int>(ymd.year()), static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return text.data();
}

base::Outcome<std::string> mail_text(const Mail& mail) {
  const auto from = party::parse_email(mail.from);
  const auto to = party::parse_email(mail.to);
  if (!from.has_value()) {
    return base::fault(base::FaultCode::invalid, "the sender's address is no e-mail address");
  }
  if (!to.has_value()) {
    return base::fault(base::FaultCode::invalid, "the receiver's address is no e-mail address");
  }
  if (!base::is_utf8(mail.subject) || !base::is_utf8(mail.text) || !base::is_utf8(mail.from_name)) {
    return base::fault(base::FaultCode::invalid, "a mail is not UTF-8");
  }
  const std::string name = base::to_one_line(mail.from_name);
  const std::string subject = base::to_one_line(mail.subject);
  const base::Digest digest = base::sha256(mail.effect);
  const std::string domain = from->substr(from->find('@') + 1);
  std::string text;
  text += "Date: " + mail_date(mail.at) + "\r\n";
  text += "From: " + (name.empty() ? *from : phrase(name) + "\r\n <" + *from + ">") + "\r\n";
  text += "To: " + *to + "\r\n";
  text += "Subject: " + encoded_words(subject, 9) + "\r\n";
  text += "Message-ID: <" + base::to_hex(digest).substr(0, 32) + "@" + domain + ">\r\n";
  text += "MIME-Version: 1.0\r\n";
  text += "Content-Type: text/plain; charset=utf-8\r\n";
  text += "Content-Transfer-Encoding: quoted-printable\r\n";
  text += std::string{"Content-Language: "} + (mail.language == "en" ? "en" : "vi") + "\r\n";
  // RFC 3834: vacation programs do not answer.
  text += "Auto-Submitted: auto-generated\r\n";
  // Mail knows no idempotency key: a repetition has the same Message-ID and says what it is.
  if (mail.repeated) text += "X-Motcua-Repeat: possible\r\n";
  text += "\r\n";
  return text + quoted_printable(mail.text);
}

}  // namespace connectors
