#include "documents/confinement.h"

#include <array>
#include <cstddef>
#include <vector>

#include <libheif/heif.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace documents {
namespace {

bool limit(__rlimit_resource what, rlim_t most) {
  const rlimit value{most, most};
  return setrlimit(what, &value) == 0;
}

bool set_limits(const ProcessLimits& limits) {
  bool all = limit(RLIMIT_DATA, limits.memory_bytes);
  // Libraries are mapped, too; of address space there is enough.
  all = limit(RLIMIT_AS, limits.memory_bytes + (rlim_t{768} << 20U)) && all;
  all = limit(RLIMIT_CPU, limits.processor_seconds) && all;
  all = limit(RLIMIT_FSIZE, 0) && all;
  return limit(RLIMIT_CORE, 0) && all;
}

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;
#endif

constexpr std::array kAllowed{__NR_read,
                              __NR_write,
                              __NR_writev,
                              __NR_close,
                              __NR_munmap,
                              __NR_mremap,
                              __NR_brk,
                              __NR_madvise,
                              __NR_futex,
                              __NR_exit,
                              __NR_exit_group,
                              __NR_rt_sigreturn,
                              __NR_rt_sigprocmask,
                              __NR_rt_sigaction,
                              __NR_sigaltstack,
                              __NR_clock_gettime,
                              __NR_gettimeofday,
                              __NR_getrandom,
                              __NR_fstat,
                              __NR_lseek,
                              __NR_sched_yield,
                              __NR_getpid,
                              __NR_gettid,
                              __NR_tgkill,
                              __NR_sched_getaffinity,
                              __NR_restart_syscall,
                              __NR_set_robust_list,
                              __NR_rseq};

sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}
sock_filter answer(std::uint32_t action) {
  return BPF_STMT(BPF_RET | BPF_K, action);
}

// Everything else fails as if it were forbidden, so that a library that only asks goes on.
bool set_filter() {
  if (kArchitecture == 0) return false;
  constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | 1U;  // EPERM
  std::vector<sock_filter> program;
  program.push_back(load(offsetof(seccomp_data, arch)));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
  program.push_back(answer(SECCOMP_RET_KILL_PROCESS));
  program.push_back(load(offsetof(seccomp_data, nr)));
  // Memory, but none that is executed.
  for (const auto call : {__NR_mmap, __NR_mprotect}) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 4));
    program.push_back(load(offsetof(seccomp_data, args) + 2 * sizeof(std::uint64_t)));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1));
    program.push_back(answer(kRefuse));
    program.push_back(answer(SECCOMP_RET_ALLOW));
  }
  // Threads, which the decoder of HEIC starts, but no processes.  The newer call hides its flags in
  // memory: it is said not to exist, and the C library takes the older one.
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1));
  program.push_back(answer(SECCOMP_RET_ERRNO | 38U));  // ENOSYS
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 4));
  program.push_back(load(offsetof(seccomp_data, args)));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
  program.push_back(answer(SECCOMP_RET_ALLOW));
  program.push_back(answer(kRefuse));
  for (const auto call : kAllowed) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
    program.push_back(answer(SECCOMP_RET_ALLOW));
  }
  program.push_back(answer(kRefuse));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace

Confinement confine_this_process(const ProcessLimits& limits) {
  // What libraries read from the disk when they begin is read now.
  heif_init(nullptr);
  // One heap; large pieces go back to the system when they are freed.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  Confinement done;
  done.limits = set_limits(limits);
  done.filter = set_filter();
  return done;
}

}  // namespace documents
