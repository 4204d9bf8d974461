#pragma once
// s3_file_store.h - casework::FileStore on a bucket of an S3-compatible service: PREFIX/ab/abcdef….
//
// The layout is that of the folder (disk_file_store.h), so that one can be copied to the other.
// Requests are signed with AWS signature version 4, and the hash of every body is part of the
// signature: the service refuses what was spoiled on the way.  What fails on the way or with 5xx is
// asked again a few times.  A file goes up in one PUT; one of more than kS3FileBytesMax is refused
// with fault `exhausted`.  Refused keys and a missing bucket are fault `invalid`.
//
// The age of a file is the service's Last-Modified, corrected by the difference between its clock
// and ours.  S3 counts in whole seconds, so put_at is the latest moment that fits: up to two
// seconds too young, never too old.  Every put writes the object anew, and its age begins with it.
//
// S3 cannot remove on condition of age.  Within one object of this class a put and a removal of the
// same file exclude one another; between programs nothing does: a removal that has looked at the
// age may still remove what another program puts in that instant.  So one program collects and puts
// in a bucket (or prefix); where others read it, they lose nothing, for what the collector removes
// is older than the grace time.
#include <chrono>
#include <memory>
#include <string>

#include "casework/file_store.h"

namespace storage {

inline constexpr std::size_t kS3FileBytesMax = 64UL * 1024 * 1024;

struct S3Options {
  std::string endpoint{};  // "https://s3.example.vn"; asked as ENDPOINT/BUCKET/KEY
  std::string bucket{};
  std::string prefix{};  // within the bucket; empty or without slashes at its ends
  std::string region = "us-east-1";
  std::string key_id{};
  std::string secret{};
  std::chrono::seconds connect_timeout{5};
  std::chrono::seconds request_timeout{60};  // of an attempt; none begins later than that
  int attempts = 4;
  std::chrono::milliseconds first_pause{200};  // doubles
};

// From "s3://BUCKET[/PREFIX]?endpoint=URL[&region=…]" and the text of a file with the key id on its
// first line and the secret on its second.  Fault `invalid` says what is wrong, never what the
// secret is.
[[nodiscard]] base::Outcome<S3Options> parse_s3_options(const std::string& url,
                                                        const std::string& credentials);

// Asks the bucket once: wrong keys and a bucket that is not there are told at the start.
[[nodiscard]] base::Outcome<std::unique_ptr<casework::FileStore>> open_s3_files(S3Options options);

}  // namespace storage
