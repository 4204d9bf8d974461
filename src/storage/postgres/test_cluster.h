#pragma once
// test_cluster.h - a throw-away PostgreSQL server for a test program: started once, gone with it.
//
// A watcher at the other end of a pipe stops the server and removes its folder when the program
// ends, however it ends.
#include <cstdio>
#include <filesystem>
#include <string>

#include <libpq-fe.h>

namespace storage::postgres {

class TestCluster {
 public:
  // Nothing where PostgreSQL is not installed; aborts the program where it does not start.
  [[nodiscard]] static TestCluster* get();

  // Of a database with the role's own name and nothing in it.
  [[nodiscard]] std::string new_database();
  [[nodiscard]] std::string url(const std::string& database) const;
  [[nodiscard]] int port() const;

  // As superuser.  One statement or several; the first column of the first row, or empty.
  // Aborts the program when it fails, unless `may_fail`.
  std::string admin(const std::string& sql, const std::string& database = "postgres",
                    bool may_fail = false) const;
  // As the application's role, by a connection of its own: the same.
  static std::string ask(const std::string& url, const std::string& sql);

  // What the server has written to its log.
  [[nodiscard]] std::string log() const;

  // At once, as after a crash: nothing is written back.
  void restart_at_once();

  ~TestCluster();
  TestCluster(const TestCluster&) = delete;
  TestCluster& operator=(const TestCluster&) = delete;

 private:
  explicit TestCluster(std::filesystem::path folder);
  void read_url();

  std::filesystem::path folder_;
  std::string url_;  // of the database "motcua"
  int databases_ = 0;
  std::FILE* watcher_ = nullptr;
};

}  // namespace storage::postgres
