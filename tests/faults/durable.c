/* What a disk holds when the power goes, in the worst case that is allowed: nothing but what somebody
 * has waited for. Loaded before a program (LD_PRELOAD), it lets fsync and fdatasync of a file under
 * DURABLE_FROM copy that file to the same name under DURABLE_TO, and of a folder take away there what
 * was removed here; then they sync as ever. A copy that is cut off in the middle is what a disk may
 * hold then, too: some of the new bytes over the old ones. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART (1 << 18)

static void give_up(const char *where)
{
    fprintf(stderr, "durable: %s: %s\n", where, strerror(errno));
    _exit(99);
}

/* Finds the name of an open file and the same name under DURABLE_TO; 0 for what lies elsewhere. */
static int twin_of(int file, char *name, char *twin)
{
    const char *from = getenv("DURABLE_FROM"), *to = getenv("DURABLE_TO");
    char link[64];
    if (!from || !to)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, PATH_MAX - 1);
    size_t start = strlen(from);
    if (length < 0)
        return 0;
    name[length] = 0;
    if (strncmp(name, from, start) || (name[start] && name[start] != '/'))
        return 0;
    return snprintf(twin, PATH_MAX, "%s%s", to, name + start) < PATH_MAX;
}

static void keep_file(const char *name, const char *twin)
{
    static __thread char part[PART], held[PART];
    int in = open(name, O_RDONLY), out = open(twin, O_RDWR | O_CREAT, 0600);
    if (in < 0 && errno == ENOENT)
        return; /* removed while it was waited for */
    if (in < 0 || out < 0 || flock(out, LOCK_EX)) /* an older copy never comes after a newer one */
        give_up(twin);
    off_t at = 0;
    ssize_t length;
    while ((length = pread(in, part, PART, at)) > 0) {
        if (pread(out, held, length, at) != length || memcmp(part, held, length))
            if (pwrite(out, part, length, at) != length)
                give_up(twin);
        at += length;
    }
    if (length < 0 || ftruncate(out, at))
        give_up(twin);
    close(in);
    close(out);
}

static void keep_folder(const char *name, const char *twin)
{
    char here[PATH_MAX + 256], there[PATH_MAX + 256];
    struct dirent *entry;
    DIR *list = opendir(twin);
    while (list && (entry = readdir(list))) {
        snprintf(here, sizeof here, "%s/%s", name, entry->d_name);
        snprintf(there, sizeof there, "%s/%s", twin, entry->d_name);
        if (entry->d_type == DT_REG && access(here, F_OK))
            unlink(there);
    }
    if (list)
        closedir(list);
}

static int sync_by(const char *how, int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, how);
    char name[PATH_MAX], twin[PATH_MAX];
    struct stat told;
    int before = errno;
    if (!fstat(file, &told) && twin_of(file, name, twin)) {
        if (S_ISREG(told.st_mode))
            keep_file(name, twin);
        else if (S_ISDIR(told.st_mode))
            keep_folder(name, twin);
    }
    errno = before;
    return real(file);
}

int fsync(int file) { return sync_by("fsync", file); }

int fdatasync(int file) { return sync_by("fdatasync", file); }
