#include "cli/manners.h"

#include <iostream>

namespace cli {

int report(const base::Fault& fault) {
  std::cerr << "motcua: " << fault.message << '\n';
  return kFault;
}

int report_usage(const std::string& message) {
  std::cerr << "motcua: " << message << "\nTry: motcua --help\n";
  return kUsage;
}

}  // namespace cli
