#include "documents/pdf_probe.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace documents::probe {
namespace {

std::string joined_lines(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool space = c == '\n' || c == ' ' || c == '\f' || c == '\r';
    if (!space) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

}  // namespace

int run(const std::string& command, std::string& out) {
  FILE* const pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return 127;
  std::array<char, 4096> piece{};
  for (std::size_t n = 0; (n = fread(piece.data(), 1, piece.size(), pipe)) > 0;) {
    out.append(piece.data(), n);
  }
  const int status = pclose(pipe);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

TemporaryFile::TemporaryFile(const std::string& bytes, const std::string& ending)
    : path_((std::filesystem::temp_directory_path() / ("motcua-test-XXXXXX" + ending)).string()) {
  const int file = mkstemps(path_.data(), static_cast<int>(ending.size()));
  if (file >= 0) close(file);
  std::ofstream(path_, std::ios::binary) << bytes;
}
TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::string text_of(const std::string& pdf) {
  const TemporaryFile file(pdf, ".pdf");
  std::string out;
  run("pdftotext -enc UTF-8 " + file.path() + " -", out);
  return joined_lines(out);
}

std::string text_in_order(const std::string& pdf) {
  const TemporaryFile file(pdf, ".pdf");
  std::string out;
  run("pdftotext -layout -enc UTF-8 " + file.path() + " -", out);
  return joined_lines(out);
}

std::string without_spaces(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\f' && c != '\r' && c != '-') result += c;
  }
  return result;
}

std::string text_without_spaces(const std::string& pdf) {
  return without_spaces(text_of(pdf));
}

PdfInfo info_of(const std::string& pdf) {
  const TemporaryFile file(pdf, ".pdf");
  std::string out;
  run("pdfinfo " + file.path(), out);
  PdfInfo info;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string key, word;
    words >> key;
    if (key == "Pages:") words >> info.pages;
    if (line.starts_with("Page size:")) words >> word >> info.width >> word >> info.height;
  }
  return info;
}

bool all_fonts_are_embedded(const std::string& pdf) {
  const TemporaryFile file(pdf, ".pdf");
  std::string out;
  run("pdffonts " + file.path(), out);
  std::istringstream lines(out);
  std::string line;
  std::getline(lines, line);
  const std::size_t column = line.find("emb");
  std::getline(lines, line);
  int fonts = 0;
  while (std::getline(lines, line)) {
    ++fonts;
    if (line.substr(column, 3) != "yes") return false;
  }
  return fonts > 0;
}

int qpdf_check(const std::string& pdf) {
  const TemporaryFile file(pdf, ".pdf");
  std::string out;
  return run("qpdf --check " + file.path(), out);
}

std::string read_qr(const std::string& pdf) {
  const TemporaryFile file(pdf, ".pdf");
  std::string out;
  const std::string image = file.path() + "-qr";
  run("pdftoppm -r 150 -singlefile -png " + file.path() + " " + image, out);
  out.clear();
  const int code = run("ZXingReader " + image + ".png", out);
  std::error_code ignored;
  std::filesystem::remove(image + ".png", ignored);
  return code == 127 ? "unavailable" : out;
}

}  // namespace documents::probe
