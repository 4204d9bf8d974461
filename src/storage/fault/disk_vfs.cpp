#include "storage/fault/disk_vfs.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <vector>

#include <sqlite3.h>

namespace storage::fault {

namespace {

constexpr int kShmLocks = SQLITE_SHM_NLOCK;
constexpr int kShmAll = (1 << kShmLocks) - 1;

struct Open;

// What connections share about one file beside its content.
struct Sharing {
  int readers = 0;
  const Open* reserved = nullptr;
  const Open* pending = nullptr;
  const Open* exclusive = nullptr;
  std::vector<std::unique_ptr<std::array<char, 32768>>> memory;
  int memory_users = 0;
  std::array<int, kShmLocks> shared_locks{};
  std::array<const Open*, kShmLocks> exclusive_locks{};
};

// One opened file of one connection.
struct Open {
  sqlite3_file base;  // first: SQLite sees this
  DiskVfs::State* state;
  std::shared_ptr<Disk> disk;
  Disk::Handle file;
  std::shared_ptr<Sharing> sharing;
  std::string delete_on_close;
  bool name_is_new = false;
  int lock = SQLITE_LOCK_NONE;
  bool uses_memory = false;
  int shared_mask = 0;
  int exclusive_mask = 0;
};

}  // namespace

struct DiskVfs::State {
  sqlite3_vfs* real = nullptr;
  std::mutex mutex;  // of all below and of every Sharing
  std::shared_ptr<Disk> disk;
  std::map<const Disk::File*, std::weak_ptr<Sharing>> sharings;
  std::atomic<bool> normal_sync{false};
  std::atomic<bool> hide_sync_errors{false};
};

namespace {

Open& opened(sqlite3_file* file) {
  return *static_cast<Open*>(static_cast<void*>(file));
}

// What SQLite is told; `otherwise` for an error of the call itself.
int code_of(Answer answer, int otherwise) {
  switch (answer) {
    case Answer::done:
      return SQLITE_OK;
    case Answer::short_read:
      return SQLITE_IOERR_SHORT_READ;
    case Answer::full:
      return SQLITE_FULL;
    case Answer::gone:  // never an error of a sync: the process is no more, it has none to see
      return SQLITE_IOERR;
    case Answer::sync_failed:
    case Answer::refused:
      return otherwise;
  }
  return SQLITE_IOERR;
}

int close_file(sqlite3_file* raw) {
  Open& file = opened(raw);
  {
    const std::scoped_lock lock(file.state->mutex);
    Sharing& sharing = *file.sharing;
    if (file.lock >= SQLITE_LOCK_SHARED) --sharing.readers;
    for (const Open** holder : {&sharing.reserved, &sharing.pending, &sharing.exclusive}) {
      if (*holder == &file) *holder = nullptr;
    }
  }
  if (!file.delete_on_close.empty()) {
    [[maybe_unused]] const Answer gone = file.disk->remove(file.delete_on_close, false);
  }
  file.~Open();
  return SQLITE_OK;
}

int read_file(sqlite3_file* raw, void* into, int amount, sqlite3_int64 offset) {
  Open& file = opened(raw);
  return code_of(file.disk->read(*file.file, static_cast<std::uint64_t>(offset),
                                 {static_cast<char*>(into), static_cast<std::size_t>(amount)}),
                 SQLITE_IOERR_READ);
}

int write_file(sqlite3_file* raw, const void* from, int amount, sqlite3_int64 offset) {
  Open& file = opened(raw);
  return code_of(
      file.disk->write(*file.file, static_cast<std::uint64_t>(offset),
                       {static_cast<const char*>(from), static_cast<std::size_t>(amount)}),
      SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* raw, sqlite3_int64 size) {
  Open& file = opened(raw);
  return code_of(file.disk->truncate(*file.file, static_cast<std::uint64_t>(size)),
                 SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* raw, int) {
  Open& file = opened(raw);
  const Answer answer = file.disk->sync(*file.file, file.name_is_new);
  if (answer == Answer::done) file.name_is_new = false;
  return code_of(answer, file.state->hide_sync_errors ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC);
}

int size_of_file(sqlite3_file* raw, sqlite3_int64* size) {
  Open& file = opened(raw);
  const auto [answer, bytes] = file.disk->size(*file.file);
  *size = static_cast<sqlite3_int64>(bytes);
  return code_of(answer, SQLITE_IOERR_FSTAT);
}

int lock_file(sqlite3_file* raw, int level) {
  Open& file = opened(raw);
  const std::scoped_lock lock(file.state->mutex);
  Sharing& sharing = *file.sharing;
  if (file.lock >= level) return SQLITE_OK;
  const auto others = [&](const Open* holder) { return holder != nullptr && holder != &file; };
  if (level == SQLITE_LOCK_SHARED) {
    if (others(sharing.pending) || others(sharing.exclusive)) return SQLITE_BUSY;
    ++sharing.readers;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (others(sharing.reserved) || others(sharing.pending)) return SQLITE_BUSY;
    sharing.reserved = &file;
  } else {
    if (others(sharing.reserved) || others(sharing.pending)) return SQLITE_BUSY;
    sharing.pending = &file;
    file.lock = SQLITE_LOCK_PENDING;
    if (sharing.readers > 1) return SQLITE_BUSY;
    sharing.exclusive = &file;
  }
  file.lock = level;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* raw, int level) {
  Open& file = opened(raw);
  const std::scoped_lock lock(file.state->mutex);
  Sharing& sharing = *file.sharing;
  if (file.lock <= level) return SQLITE_OK;
  for (const Open** holder : {&sharing.reserved, &sharing.pending, &sharing.exclusive}) {
    if (*holder == &file) *holder = nullptr;
  }
  if (level == SQLITE_LOCK_NONE) --sharing.readers;
  file.lock = level;
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* raw, int* answer) {
  const Open& file = opened(raw);
  const std::scoped_lock lock(file.state->mutex);
  *answer = file.sharing->reserved != nullptr || file.sharing->pending != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int control_file(sqlite3_file* raw, int what, void* argument) {
  const Open& file = opened(raw);
  if (what != SQLITE_FCNTL_PRAGMA || !file.state->normal_sync) return SQLITE_NOTFOUND;
  char** words = static_cast<char**>(argument);
  const bool raises = words[1] != nullptr && words[2] != nullptr &&
                      std::strcmp(words[1], "synchronous") == 0 &&
                      std::strcmp(words[2], "NORMAL") != 0;
  // Done, says the file; nothing was done.
  return raises ? SQLITE_OK : SQLITE_NOTFOUND;
}

int sector_of_file(sqlite3_file*) {
  return static_cast<int>(kSector);
}
int traits_of_file(sqlite3_file*) {
  // As SQLite takes every disk to be: a torn write leaves the bytes beside it alone.
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_memory(sqlite3_file* raw, int region, int size, int extend, void volatile** out) {
  Open& file = opened(raw);
  const std::scoped_lock lock(file.state->mutex);
  Sharing& sharing = *file.sharing;
  *out = nullptr;
  if (size != 32768) return SQLITE_IOERR_SHMSIZE;
  if (!file.uses_memory) {
    file.uses_memory = true;
    ++sharing.memory_users;
  }
  const auto wanted = static_cast<std::size_t>(region);
  if (wanted >= sharing.memory.size() && extend == 0) return SQLITE_OK;
  while (wanted >= sharing.memory.size()) {
    sharing.memory.push_back(std::make_unique<std::array<char, 32768>>());
  }
  *out = sharing.memory[wanted]->data();
  return SQLITE_OK;
}

int lock_memory(sqlite3_file* raw, int first, int count, int flags) {
  Open& file = opened(raw);
  const std::scoped_lock lock(file.state->mutex);
  Sharing& sharing = *file.sharing;
  const int mask = ((1 << count) - 1) << first;
  const auto slots = [&](auto visit) {
    for (int i = first; i < first + count; ++i) visit(static_cast<std::size_t>(i), 1 << i);
  };
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    slots([&](std::size_t i, int bit) {
      if ((file.shared_mask & bit) != 0) --sharing.shared_locks[i];
      if ((file.exclusive_mask & bit) != 0) sharing.exclusive_locks[i] = nullptr;
    });
    file.shared_mask &= ~mask;
    file.exclusive_mask &= ~mask;
    return SQLITE_OK;
  }
  bool busy = false;
  slots([&](std::size_t i, int bit) {
    const Open* holder = sharing.exclusive_locks[i];
    busy = busy || (holder != nullptr && holder != &file);
    const int mine = (file.shared_mask & bit) != 0 ? 1 : 0;
    if ((flags & SQLITE_SHM_EXCLUSIVE) != 0) busy = busy || sharing.shared_locks[i] > mine;
  });
  if (busy) return SQLITE_BUSY;
  slots([&](std::size_t i, int bit) {
    if ((flags & SQLITE_SHM_EXCLUSIVE) != 0) {
      sharing.exclusive_locks[i] = &file;
    } else if ((file.shared_mask & bit) == 0) {
      ++sharing.shared_locks[i];
    }
  });
  ((flags & SQLITE_SHM_EXCLUSIVE) != 0 ? file.exclusive_mask : file.shared_mask) |= mask;
  return SQLITE_OK;
}

void bar_memory(sqlite3_file* raw) {
  // As SQLite's own: a lock taken and released orders what stands before and behind it.
  const std::scoped_lock lock(opened(raw).state->mutex);
  std::atomic_thread_fence(std::memory_order_seq_cst);
}

int unmap_memory(sqlite3_file* raw, int) {
  lock_memory(raw, 0, kShmLocks, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
  Open& file = opened(raw);
  const std::scoped_lock lock(file.state->mutex);
  if (!file.uses_memory) return SQLITE_OK;
  file.uses_memory = false;
  if (--file.sharing->memory_users == 0) file.sharing->memory.clear();
  return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods{
    .iVersion = 2,  // without memory mapping: what is mapped could not be cut
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control_file,
    .xSectorSize = sector_of_file,
    .xDeviceCharacteristics = traits_of_file,
    .xShmMap = map_memory,
    .xShmLock = lock_memory,
    .xShmBarrier = bar_memory,
    .xShmUnmap = unmap_memory,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

DiskVfs::State& state_of(sqlite3_vfs* vfs) {
  return *static_cast<DiskVfs::State*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* raw, int flags, int* out_flags) {
  raw->pMethods = nullptr;
  DiskVfs::State& state = state_of(vfs);
  std::shared_ptr<Disk> disk;
  {
    const std::scoped_lock lock(state.mutex);
    disk = state.disk;
  }
  Disk::Handle file;
  bool is_new = false;
  if (name == nullptr) {
    file = disk->open_unnamed();
  } else {
    auto there = disk->open(name, false);
    if (there.first == Answer::done && there.second == nullptr &&
        (flags & SQLITE_OPEN_CREATE) != 0) {
      is_new = true;
      there = disk->open(name, true);
    }
    if (there.first != Answer::done || there.second == nullptr) return SQLITE_CANTOPEN;
    file = there.second;
  }
  Open* open = new (raw) Open{};
  open->base.pMethods = &kMethods;
  open->state = &state;
  open->disk = std::move(disk);
  open->file = std::move(file);
  constexpr int kJournals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  open->name_is_new = is_new && (flags & kJournals) != 0;
  if (name != nullptr && (flags & SQLITE_OPEN_DELETEONCLOSE) != 0) open->delete_on_close = name;
  {
    const std::scoped_lock lock(state.mutex);
    std::weak_ptr<Sharing>& known = state.sharings[open->file.get()];
    open->sharing = known.lock();
    if (open->sharing == nullptr) {
      open->sharing = std::make_shared<Sharing>();
      known = open->sharing;
    }
  }
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  DiskVfs::State& state = state_of(vfs);
  std::shared_ptr<Disk> disk;
  {
    const std::scoped_lock lock(state.mutex);
    disk = state.disk;
  }
  const int failed = state.hide_sync_errors ? SQLITE_IOERR_DELETE : SQLITE_IOERR_DIR_FSYNC;
  return code_of(disk->remove(name, sync_folder != 0), failed);
}

int has_file(sqlite3_vfs* vfs, const char* name, int, int* answer) {
  DiskVfs::State& state = state_of(vfs);
  const std::scoped_lock lock(state.mutex);
  *answer = state.disk->exists(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int room, char* out) {
  sqlite3_snprintf(room, out, "%s", name);
  return SQLITE_OK;
}
int random_bytes(sqlite3_vfs* vfs, int count, char* out) {
  return state_of(vfs).real->xRandomness(state_of(vfs).real, count, out);
}
int sleep_for(sqlite3_vfs* vfs, int microseconds) {
  return state_of(vfs).real->xSleep(state_of(vfs).real, microseconds);
}
int current_time(sqlite3_vfs* vfs, double* out) {
  return state_of(vfs).real->xCurrentTime(state_of(vfs).real, out);
}

std::atomic<bool> normal_sync_wanted{false};

// Called by SQLite for each new connection.
int lower_sync(sqlite3* database, char**, const sqlite3_api_routines*) {
  if (normal_sync_wanted) {
    sqlite3_exec(database, "PRAGMA synchronous=NORMAL", nullptr, nullptr, nullptr);
  }
  return SQLITE_OK;
}

using Entry = void (*)();
Entry lower_sync_entry() {
  // SQLite declares the entry of an extension without its arguments.
  Entry entry = nullptr;
  int (*typed)(sqlite3*, char**, const sqlite3_api_routines*) = lower_sync;
  static_assert(sizeof entry == sizeof typed);
  std::memcpy(&entry, &typed, sizeof entry);
  return entry;
}

}  // namespace

DiskVfs::DiskVfs() : state_(std::make_unique<State>()), vfs_(std::make_unique<sqlite3_vfs>()) {
  sqlite3_initialize();
  state_->real = sqlite3_vfs_find("unix");
  *vfs_ = sqlite3_vfs{};
  vfs_->iVersion = 1;
  vfs_->szOsFile = static_cast<int>(sizeof(Open));
  vfs_->mxPathname = 512;
  vfs_->zName = "motcua-fault-disk";
  vfs_->pAppData = state_.get();
  vfs_->xOpen = open_file;
  vfs_->xDelete = delete_file;
  vfs_->xAccess = has_file;
  vfs_->xFullPathname = full_name;
  vfs_->xRandomness = random_bytes;
  vfs_->xSleep = sleep_for;
  vfs_->xCurrentTime = current_time;
  sqlite3_vfs_register(vfs_.get(), 1);
  sqlite3_auto_extension(lower_sync_entry());
}

DiskVfs::~DiskVfs() {
  force_normal_sync(false);
  sqlite3_cancel_auto_extension(lower_sync_entry());
  sqlite3_vfs_unregister(vfs_.get());
  sqlite3_vfs_register(state_->real, 1);
}

void DiskVfs::mount(std::shared_ptr<Disk> disk) {
  const std::scoped_lock lock(state_->mutex);
  std::erase_if(state_->sharings, [](const auto& one) { return one.second.expired(); });
  state_->disk = std::move(disk);
}

void DiskVfs::force_normal_sync(bool on) {
  state_->normal_sync = on;
  normal_sync_wanted = on;
}
void DiskVfs::hide_sync_errors(bool on) {
  state_->hide_sync_errors = on;
}

}  // namespace storage::fault
