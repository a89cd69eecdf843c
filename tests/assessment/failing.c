/* Put before the C library: calls fail with EIO as the file FAIL_SWITCH says, which may change while a program runs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fails(const char *call) {
    char said[32] = "";
    const char *path = getenv("FAIL_SWITCH");
    int file = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY) : -1;
    if (file < 0) return 0;
    long length = syscall(SYS_read, file, said, sizeof said - 1);
    syscall(SYS_close, file);
    if (length <= 0 || strcmp(said, call) != 0) return 0;
    errno = EIO;
    return 1;
}

static int is_folder(int file) {
    struct stat found;
    return fstat(file, &found) == 0 && S_ISDIR(found.st_mode);
}

int fsync(int file) {
    return fails(is_folder(file) ? "sync-folder" : "sync-file") ? -1 : (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    return fails(is_folder(file) ? "sync-folder" : "sync-file") ? -1 : (int)syscall(SYS_fdatasync, file);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) {
    return fails("write") ? -1 : syscall(SYS_pwrite64, file, bytes, count, at);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { return pwrite64(file, bytes, count, at); }

int unlink(const char *path) {
    return fails("unlink") ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}
