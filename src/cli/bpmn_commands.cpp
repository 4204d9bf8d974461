// bpmn_commands.cpp - motcua bpmn check: which files are BPMN, and which of them can be executed?
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "base/result.h"
#include "bpmn/model_check.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

struct CheckOptions {
  std::vector<std::string> files;
  bool verbose = false;
};

// The bytes of a file, or why not; one byte more than is checked is enough to refuse it.
base::Result<std::string, std::string> read_bytes(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return base::Failure{std::string{"a folder"}};
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return base::Failure{std::filesystem::exists(path, error) ? std::string{"no permission"}
                                                              : std::string{"no such file"}};
  }
  std::string bytes;
  std::string chunk(std::size_t{1} << 16U, '\0');
  while (in && bytes.size() <= bpmn::kCheckBytesMax) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    bytes.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return base::Failure{std::string{"the disk failed"}};
  return bytes;
}

void print_findings(const std::vector<bpmn::Finding>& findings) {
  for (const bpmn::Finding& finding : findings) std::cout << "  " << to_text(finding) << '\n';
}

int check_files(const CheckOptions& options) {
  bool unread = false;
  bool invalid = false;
  for (const std::string& path : options.files) {
    const auto bytes = read_bytes(path);
    if (!bytes) {
      std::cout.flush();
      std::cerr << "motcua: " << path << " cannot be read: " << bytes.error() << '\n';
      unread = true;
      continue;
    }
    const bpmn::ModelCheck check = bpmn::check_model(*bytes);
    invalid = invalid || check.usability == bpmn::Usability::invalid;
    std::cout << path << ' ' << to_text(check) << '\n';
    if (!options.verbose) continue;
    print_findings(check.reasons);
    print_findings(check.remarks);
  }
  if (unread) return kFault;
  return invalid ? kFindings : kDone;
}

}  // namespace

void add_bpmn(CLI::App& program, int& status) {
  CLI::App* bpmn = program.add_subcommand("bpmn", "Look at BPMN files");
  bpmn->require_subcommand(1);
  add_bpmn_run(*bpmn, status);
  add_bpmn_analysis(*bpmn, status);
  CLI::App* check = bpmn->add_subcommand("check", "Can these files be read and executed?");
  auto options = std::make_shared<CheckOptions>();
  check->add_option("FILE", options->files, "BPMN 2.0 XML")->required();
  check->add_flag("-v,--verbose", options->verbose, "Every finding on a line of its own");
  check->callback([options, &status] { status = check_files(*options); });
}

}  // namespace cli
