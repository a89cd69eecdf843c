/* Put before the C library: all that a program writes to a file is written to the one that RECORD names as well. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static void record(int file, const void *bytes, size_t count) {
    struct stat found;
    const char *path = getenv("RECORD");
    if (!path || fstat(file, &found) != 0 || !S_ISREG(found.st_mode) || file <= 2) return;
    int to = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (to < 0) return;
    syscall(SYS_write, to, bytes, count);
    syscall(SYS_close, to);
}

ssize_t write(int file, const void *bytes, size_t count) {
    record(file, bytes, count);
    return syscall(SYS_write, file, bytes, count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) {
    record(file, bytes, count);
    return syscall(SYS_pwrite64, file, bytes, count, at);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { return pwrite64(file, bytes, count, at); }

ssize_t writev(int file, const struct iovec *parts, int count) {
    for (int part = 0; part < count; part++) record(file, parts[part].iov_base, parts[part].iov_len);
    return syscall(SYS_writev, file, parts, count);
}
