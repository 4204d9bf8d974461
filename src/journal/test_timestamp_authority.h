#pragma once
// test_timestamp_authority.h - an authority of our own that stamps, run by openssl's command line.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

namespace journal::test {

inline constexpr const char* kStamperConfig = R"(
[req]
distinguished_name = name
prompt = no
[name]
O = Cấp dấu thời gian thử nghiệm
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamper]
extendedKeyUsage = critical,timeStamping
[other]
extendedKeyUsage = serverAuth
[tsa]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
)";

// An authority in a folder of its own: ca.pem vouches for it, other.pem for somebody else.
class TimestampAuthority {
 public:
  TimestampAuthority() {
    std::string pattern = std::filesystem::temp_directory_path() / "motcua-tsa-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    write("config", kStamperConfig);
    write("serial", "41\n");
    for (const char* ca : {"ca", "other"}) {
      run(std::string{"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -utf8 "} +
          "-config config -extensions ca -days 30 -subj /CN=" + ca + " -keyout " + ca +
          ".key -out " + ca + ".pem");
    }
    for (const char* name : {"stamper", "other"}) {
      const std::string file = std::string{"of-"} + name;
      run("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config config -subj /CN=" +
          std::string{name} + " -keyout " + file + ".key -out " + file + ".csr");
      run("x509 -req -in " + file + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 " +
          "-extfile config -extensions " + name + " -out " + file + ".pem");
    }
  }
  ~TimestampAuthority() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  TimestampAuthority(const TimestampAuthority&) = delete;
  TimestampAuthority& operator=(const TimestampAuthority&) = delete;

  [[nodiscard]] std::string reply(const std::string& request) const {
    write("query", request);
    run("ts -reply -config config -section tsa -queryfile query -signer of-stamper.pem "
        "-inkey of-stamper.key -out reply");
    return read("reply");
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

 private:
  void write(const std::string& name, std::string_view text) const {
    std::ofstream{folder_ / name, std::ios::binary} << text;
  }
  void run(const std::string& arguments) const {
    const std::string command =
        "cd " + folder_.string() + " && openssl " + arguments + " >log 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << arguments << "\n" << read("log");
  }
  std::filesystem::path folder_;
};

}  // namespace journal::test
