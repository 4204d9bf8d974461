#include "journal/timestamp.h"

#include <array>
#include <memory>
#include <type_traits>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>

#include "base/ensure.h"
#include "base/freed_by.h"
#include "journal/hash.h"

namespace journal {

namespace {

constexpr std::size_t kNonceBytes = 8;
constexpr std::size_t kCertificatesMax = 64;

void free_bio(BIO* bio) {
  BIO_free(bio);
}
void free_openssl(void* memory) {
  OPENSSL_free(memory);
}
template <class T, auto Free>
using Owned = std::unique_ptr<T, base::FreedBy<Free>>;

using Request = Owned<TS_REQ, TS_REQ_free>;
using Reply = Owned<TS_RESP, TS_RESP_free>;
using Token = Owned<PKCS7, PKCS7_free>;
using StampInfo = Owned<TS_TST_INFO, TS_TST_INFO_free>;
using Number = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using BigNumber = Owned<BIGNUM, BN_free>;
using Certificate = Owned<X509, X509_free>;
using Trust = Owned<X509_STORE, X509_STORE_free>;
using Bytes = Owned<BIO, free_bio>;

base::Failure<base::Fault> off(std::string message) {
  ERR_clear_error();
  return base::fault(base::FaultCode::invalid, "time-stamp: " + std::move(message));
}

const unsigned char* as_uchar(const void* bytes) {
  return static_cast<const unsigned char*>(bytes);
}

// DER by the library's own writer, called twice: for the length and for the bytes.
template <class T, class Write>
std::string der_of(T* object, Write write) {
  const int length = write(object, nullptr);
  ENSURE(length > 0, "what was built can be written");
  std::string der(static_cast<std::size_t>(length), '\0');
  auto* out = static_cast<unsigned char*>(static_cast<void*>(der.data()));
  ENSURE(write(object, &out) == length, "what was built can be written");
  return der;
}

// The whole of `der`, or nothing.
template <class T, class Read>
T* read_der(std::string_view der, Read read) {
  if (der.empty() || der.size() > kTimestampBytesMax) return nullptr;
  const unsigned char* at = as_uchar(der.data());
  const unsigned char* const end = at + der.size();
  T* const object = read(nullptr, &at, static_cast<long>(der.size()));
  if (object == nullptr || at == end) return object;
  if constexpr (std::is_same_v<T, PKCS7>) {
    PKCS7_free(object);
  } else {
    TS_RESP_free(object);
  }
  return nullptr;
}

Number number_of(std::string_view bytes) {
  const BigNumber big{BN_bin2bn(as_uchar(bytes.data()), static_cast<int>(bytes.size()), nullptr)};
  return Number{BN_to_ASN1_INTEGER(big.get(), nullptr)};
}

std::string hex_of(const ASN1_INTEGER* number) {
  const BigNumber big{ASN1_INTEGER_to_BN(number, nullptr)};
  if (big == nullptr) return {};
  const Owned<char, free_openssl> text{BN_bn2hex(big.get())};
  return text == nullptr ? std::string{} : std::string{text.get()};
}

// Whole seconds; what an authority adds in fractions is cut off.
std::optional<std::int64_t> seconds_of(const ASN1_GENERALIZEDTIME* time) {
  const Owned<ASN1_TIME, ASN1_TIME_free> epoch{ASN1_TIME_set(nullptr, 0)};
  int days = 0;
  int seconds = 0;
  if (time == nullptr || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) {
    return std::nullopt;
  }
  return std::int64_t{days} * 86'400 + seconds;
}

base::Outcome<Trust> read_trust(std::string_view ca, std::int64_t at) {
  Trust trust{X509_STORE_new()};
  const Bytes pem{BIO_new_mem_buf(ca.data(), static_cast<int>(ca.size()))};
  ENSURE(trust != nullptr && pem != nullptr, "there is memory for a list of certificates");
  std::size_t count = 0;
  while (count < kCertificatesMax) {
    const Certificate certificate{PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)};
    if (certificate == nullptr) break;
    X509_STORE_add_cert(trust.get(), certificate.get());
    ++count;
  }
  ERR_clear_error();
  if (count == 0) return off("no trusted certificate was given (PEM)");
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(trust.get()), static_cast<time_t>(at));
  return trust;
}

std::string subject_of(X509* certificate) {
  const Bytes text{BIO_new(BIO_s_mem())};
  X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate), 0,
                     XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(text.get(), &bytes);
  return length > 0 ? std::string(bytes, static_cast<std::size_t>(length)) : std::string{};
}

// What the token says, held against the text alone.
struct Stamp {
  StampInfo info;
  std::int64_t seconds = 0;
};
base::Outcome<Stamp> read_stamp(PKCS7* token, std::string_view text) {
  Stamp stamp{.info = StampInfo{PKCS7_to_TS_TST_INFO(token)}};
  if (stamp.info == nullptr || TS_TST_INFO_get_version(stamp.info.get()) != 1) {
    return off("not a token of RFC 3161");
  }
  TS_MSG_IMPRINT* const imprint = TS_TST_INFO_get_msg_imprint(stamp.info.get());
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  if (OBJ_obj2nid(algorithm) != NID_sha256) return off("not over SHA-256");
  const ASN1_OCTET_STRING* const stamped = TS_MSG_IMPRINT_get_msg(imprint);
  const Hash digest = base::sha256(text);
  const std::string_view stamped_bytes{
      static_cast<const char*>(static_cast<const void*>(ASN1_STRING_get0_data(stamped))),
      static_cast<std::size_t>(ASN1_STRING_length(stamped))};
  if (stamped_bytes != bytes_of(digest)) return off("over another text");
  const auto seconds = seconds_of(TS_TST_INFO_get_time(stamp.info.get()));
  if (!seconds) return off("without a time that can be read");
  stamp.seconds = *seconds;
  return stamp;
}

Timestamp told(const Stamp& stamp, std::string authority) {
  return {.at = stamp.seconds * 1'000,
          .authority = std::move(authority),
          .serial_number = hex_of(TS_TST_INFO_get_serial(stamp.info.get()))};
}

base::Outcome<Timestamp> verify(PKCS7* token, std::string_view text, std::string_view ca) {
  const Stamp stamp = TRY(read_stamp(token, text));
  const Trust trust = TRY(read_trust(ca, stamp.seconds));
  X509* signer = nullptr;
  if (TS_RESP_verify_signature(token, nullptr, trust.get(), &signer) != 1) {
    X509_free(signer);
    const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
    return off(std::string{"the signature does not hold ("} +
               (reason == nullptr ? "no reason told" : reason) + ")");
  }
  const Certificate owned{signer};
  ERR_clear_error();
  return told(stamp, subject_of(owned.get()));
}

}  // namespace

TimestampRequest timestamp_request(std::string_view text, base::RandomSource& random) {
  std::array<std::byte, kNonceBytes> bytes{};
  random.fill(bytes);
  // A nonce is a positive number of full length, so that it is the same however it is written.
  bytes[0] = (bytes[0] & std::byte{0x7F}) | std::byte{0x40};
  std::string nonce;
  for (const std::byte b : bytes) nonce += static_cast<char>(std::to_integer<unsigned char>(b));

  const Request request{TS_REQ_new()};
  const Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint{TS_MSG_IMPRINT_new()};
  const Owned<X509_ALGOR, X509_ALGOR_free> algorithm{X509_ALGOR_new()};
  const Number number = number_of(nonce);
  Hash digest = base::sha256(text);
  auto* const digest_bytes = static_cast<unsigned char*>(static_cast<void*>(digest.data()));
  const bool built =
      X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
      TS_MSG_IMPRINT_set_msg(imprint.get(), digest_bytes, static_cast<int>(digest.size())) == 1 &&
      TS_REQ_set_version(request.get(), 1) == 1 &&
      TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
      TS_REQ_set_nonce(request.get(), number.get()) == 1 &&
      TS_REQ_set_cert_req(request.get(), 1) == 1;
  ENSURE(built, "a request is put together from parts that fit");
  return {.der = der_of(request.get(), i2d_TS_REQ), .nonce = std::move(nonce)};
}

base::Outcome<std::string> token_of_reply(std::string_view reply, std::string_view text,
                                          std::string_view nonce, std::string_view ca) {
  const Reply parsed{read_der<TS_RESP>(reply, d2i_TS_RESP)};
  if (parsed == nullptr) return off("not a reply of RFC 3161");
  const TS_STATUS_INFO* const status = TS_RESP_get_status_info(parsed.get());
  const long granted = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
  if (granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS) {
    return base::fault(base::FaultCode::unavailable, "time-stamp: the authority declined (status " +
                                                         std::to_string(granted) + ")");
  }
  PKCS7* const token = TS_RESP_get_token(parsed.get());
  if (token == nullptr) return off("a reply without a token");
  const StampInfo info{PKCS7_to_TS_TST_INFO(token)};
  const ASN1_INTEGER* const answered =
      info == nullptr ? nullptr : TS_TST_INFO_get_nonce(info.get());
  const Number asked = number_of(nonce);
  if (answered == nullptr || ASN1_INTEGER_cmp(answered, asked.get()) != 0) {
    return off("not the answer to this request");
  }
  TRY(verify(token, text, ca));
  return der_of(token, i2d_PKCS7);
}

base::Outcome<Timestamp> verify_timestamp(std::string_view token, std::string_view text,
                                          std::string_view ca) {
  const Token parsed{read_der<PKCS7>(token, d2i_PKCS7)};
  if (parsed == nullptr) return off("not a token of RFC 3161");
  return verify(parsed.get(), text, ca);
}

base::Outcome<Timestamp> read_timestamp(std::string_view token, std::string_view text) {
  const Token parsed{read_der<PKCS7>(token, d2i_PKCS7)};
  if (parsed == nullptr) return off("not a token of RFC 3161");
  const Stamp stamp = TRY(read_stamp(parsed.get(), text));
  ERR_clear_error();
  return told(stamp, {});
}

}  // namespace journal
