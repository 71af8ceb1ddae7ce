/*
 * Loaded before a program, keeps beside a folder what a disk is sure to hold of it: of each file what it held when it was last
 * synced. After so many moments the power goes: syncs of its files, and names that are given or taken away.
 *
 * POWER_FOLDER   the folder that is watched
 * POWER_DISK     where its durable files are kept
 * POWER_MOMENT   the moment after which the process ends; unset: it does not
 * POWER_COUNT    a file that is told how many there were
 * POWER_NAMES    "late": names that were given or taken away are not durable either
 * POWER_SWALLOW  syncs of files whose path holds this do nothing: a program that forgot them
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int moments = 0;

/* Where the durable twin of a file is; 0 for a file elsewhere. */
static int twin_of(const char *path, char *twin) {
  const char *folder = getenv("POWER_FOLDER"), *disk = getenv("POWER_DISK");
  if (!folder || !disk) return 0;
  size_t length = strlen(folder);
  if (strncmp(path, folder, length) != 0 || path[length] != '/') return 0;
  return snprintf(twin, LONGEST, "%s%s", disk, path + length) < LONGEST;
}

static int are_names_late(void) {
  const char *names = getenv("POWER_NAMES");
  return names && strcmp(names, "late") == 0;
}

static int is_swallowed(const char *path) {
  const char *part = getenv("POWER_SWALLOW");
  return part && *part && strstr(path, part) != NULL;
}

/* Under the lock. */
static void pass_moment(void) {
  const char *last = getenv("POWER_MOMENT"), *count = getenv("POWER_COUNT");
  moments++;
  if (count) {
    char digits[16];
    int length = snprintf(digits, sizeof digits, "%d", moments);
    int to = open(count, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (to >= 0) {
      if (write(to, digits, (size_t)length) != length) perror(count);
      close(to);
    }
  }
  if (last && moments >= atoi(last)) kill(getpid(), SIGKILL);
}

static void copy(int from, const char *twin) {
  static char buffer[1 << 20];
  int to = open(twin, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (to < 0) return;
  off_t at = 0;
  ssize_t got;
  while ((got = pread(from, buffer, sizeof buffer, at)) > 0) {
    if (write(to, buffer, (size_t)got) != got) break;
    at += got;
  }
  close(to);
}

static void keep(int fd) {
  char link[64], path[LONGEST], twin[LONGEST];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = 0;
  struct stat about;
  if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || !twin_of(path, twin)) return;
  pthread_mutex_lock(&lock);
  int readable = is_swallowed(path) ? -1 : open(link, O_RDONLY);
  if (readable >= 0) {
    copy(readable, twin);
    close(readable);
  }
  pass_moment();
  pthread_mutex_unlock(&lock);
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

int fsync(int fd) {
  int result = REAL(int, "fsync", int)(fd);
  if (result == 0) keep(fd);
  return result;
}

int fdatasync(int fd) {
  int result = REAL(int, "fdatasync", int)(fd);
  if (result == 0) keep(fd);
  return result;
}

int rename(const char *from, const char *to) {
  int result = REAL(int, "rename", const char *, const char *)(from, to);
  char old[LONGEST], new[LONGEST];
  if (result != 0 || !twin_of(from, old) || !twin_of(to, new)) return result;
  pthread_mutex_lock(&lock);
  if (!are_names_late()) {
    /* What was never synced is empty under its new name. */
    if (access(old, F_OK) != 0) close(open(old, O_WRONLY | O_CREAT, 0644));
    REAL(int, "rename", const char *, const char *)(old, new);
  }
  pass_moment();
  pthread_mutex_unlock(&lock);
  return result;
}

int unlink(const char *path) {
  int result = REAL(int, "unlink", const char *)(path);
  char twin[LONGEST];
  if (result != 0 || !twin_of(path, twin)) return result;
  pthread_mutex_lock(&lock);
  if (!are_names_late()) REAL(int, "unlink", const char *)(twin);
  pass_moment();
  pthread_mutex_unlock(&lock);
  return result;
}
