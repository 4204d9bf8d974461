#include "storage/postgres/test_cluster.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

namespace storage::postgres {

namespace {

const std::string kScript = std::string{PROJECT_ROOT} + "/scripts/postgres-cluster.sh";

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << why << "\n";
  std::abort();
}

std::string first_value(PGconn* connection, const std::string& sql, bool may_fail) {
  PGresult* result = PQexec(connection, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && !may_fail) {
    give_up(sql + ": " + PQerrorMessage(connection));
  }
  std::string value;
  if (status == PGRES_TUPLES_OK && PQntuples(result) > 0) value = PQgetvalue(result, 0, 0);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) value = PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
  return value;
}

}  // namespace

TestCluster* TestCluster::get() {
  static const std::unique_ptr<TestCluster> cluster = []() -> std::unique_ptr<TestCluster> {
    const char* given = std::getenv("POSTGRES_BIN");
    bool installed = given != nullptr;
    std::error_code none;
    for (const auto& one : std::filesystem::directory_iterator("/usr/lib/postgresql", none)) {
      installed = installed || std::filesystem::exists(one.path() / "bin" / "initdb");
    }
    if (!installed) return nullptr;
    std::string name = (std::filesystem::temp_directory_path() / "motcua-pg-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) give_up("no temporary folder");
    return std::unique_ptr<TestCluster>(new TestCluster(name));
  }();
  return cluster.get();
}

TestCluster::TestCluster(std::filesystem::path folder) : folder_(std::move(folder)) {
  // Whoever ends a test that takes too long signals all its processes.
  const std::string watch = "trap '' HUP INT TERM; cat > /dev/null; STOP_MODE=immediate '" +
                            kScript + "' stop '" + folder_.string() + "'; rm -rf '" +
                            folder_.string() + "'";
  watcher_ = ::popen(watch.c_str(), "we");
  const std::string start = "POSTGRES_OPTIONS='-c max_connections=200 -c shared_buffers=64MB' '" +
                            kScript + "' start '" + folder_.string() + "' > /dev/null";
  if (watcher_ == nullptr || std::system(start.c_str()) != 0) give_up("PostgreSQL did not start");
  read_url();
}

TestCluster::~TestCluster() {
  if (watcher_ != nullptr) ::pclose(watcher_);
}

void TestCluster::read_url() {
  const std::string ask = "'" + kScript + "' url '" + folder_.string() + "'";
  std::FILE* pipe = ::popen(ask.c_str(), "re");
  std::array<char, 256> line{};
  if (pipe == nullptr || std::fgets(line.data(), line.size(), pipe) == nullptr) {
    give_up("the cluster has no address");
  }
  ::pclose(pipe);
  url_ = line.data();
  url_.erase(url_.find_last_not_of('\n') + 1);
}

int TestCluster::port() const {
  const std::size_t colon = url_.rfind(':');
  return std::stoi(url_.substr(colon + 1));
}

std::string TestCluster::url(const std::string& database) const {
  return url_.substr(0, url_.rfind('/') + 1) + database;
}

std::string TestCluster::new_database() {
  const std::string name = "t" + std::to_string(++databases_);
  admin("CREATE DATABASE " + name + " OWNER motcua");
  return url(name);
}

std::string TestCluster::admin(const std::string& sql, const std::string& database,
                               bool may_fail) const {
  const std::string address = "host=" + (folder_ / "data").string() +
                              " port=" + std::to_string(port()) +
                              " user=postgres dbname=" + database;
  return first_value(PQconnectdb(address.c_str()), sql, may_fail);
}

std::string TestCluster::ask(const std::string& url, const std::string& sql) {
  return first_value(PQconnectdb(url.c_str()), sql, true);
}

void TestCluster::restart_at_once() {
  const std::string again =
      "STOP_MODE=immediate '" + kScript + "' stop '" + folder_.string() +
      "' && POSTGRES_OPTIONS='-c max_connections=200 -c shared_buffers=64MB' '" + kScript +
      "' start '" + folder_.string() + "' > /dev/null";
  if (std::system(again.c_str()) != 0) give_up("PostgreSQL did not start again");
}

std::string TestCluster::log() const {
  std::ifstream file(folder_ / "data" / "server.log");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace storage::postgres
