// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension SystemCall {
  /// Opening for anything but reading: what none of the flags may say.
  private static let writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | temporaryFile
  /// Source: kernel include/uapi/asm-generic/fcntl.h, __O_TMPFILE.
  private static let temporaryFile: Int32 = 0o20000000

  /// What the process that reads the host may call.
  static let prober: [SystemCall] = [
    SystemCall(
      "open", when: .argument(1, without: writing), why: "sysfs, procfs and device nodes, to read them"),
    SystemCall("openat", when: .argument(2, without: writing), why: "the same from a folder"),
    SystemCall("read", why: "their contents"),
    SystemCall("pread64", why: "registers and configuration spaces, which answer by position"),
    SystemCall("readv", why: "libpci's list of names"),
    SystemCall("lseek", why: "libpci's list of names"),
    SystemCall("getdents64", why: "the names in a directory"),
    SystemCall("readlink", why: "which driver a function is bound to"),
    SystemCall("readlinkat", why: "the same from a folder"),
    SystemCall("stat", why: "what kind of file lies there"),
    SystemCall("lstat", why: "what kind of file lies there"),
    SystemCall("fstat", why: "what kind of file is open"),
    SystemCall("newfstatat", why: "what kind of file lies there"),
    SystemCall("statx", why: "what kind of file lies there"),
    SystemCall("statfs", why: "whether /sys is the kernel's own or a copy"),
    SystemCall("fstatfs", why: "whether /sys is the kernel's own or a copy"),
    SystemCall("access", why: "whether a file is there"),
    SystemCall("faccessat", why: "whether a file is there"),
    SystemCall("faccessat2", why: "whether a file is there"),
    SystemCall("getcwd", why: "where a relative path begins"),
    SystemCall("close", why: "what was opened"),
    SystemCall("dup", why: "a second descriptor of standard input"),
    SystemCall("fcntl", why: "how a descriptor was opened"),
    SystemCall("fadvise64", why: "libpci's list of names"),

    SystemCall(
      "write", why: "the output, through descriptors that the supervisor opened: we have no other to write to"
    ),
    SystemCall("writev", why: "the same in pieces"),
    SystemCall("sendmsg", why: "the line to the supervisor: no socket can be made here"),
    SystemCall("recvmsg", why: "the output file, from the supervisor"),
    SystemCall("sendto", why: "the line to the supervisor"),
    SystemCall("recvfrom", why: "the line to the supervisor"),
    SystemCall("poll", why: "waiting for one of these descriptors"),
    SystemCall("ppoll", why: "waiting for one of these descriptors"),

    // Source of the numbers: kernel include/uapi/linux/kvm.h and asm-generic/ioctls.h.
    SystemCall("ioctl", when: .argument(1, is: 0xAE00), why: "KVM_GET_API_VERSION"),
    SystemCall("ioctl", when: .argument(1, is: 0xAE03), why: "KVM_CHECK_EXTENSION"),
    SystemCall("ioctl", when: .argument(1, is: 0x5401), why: "TCGETS: whether the output is a terminal"),
    SystemCall("ioctl", when: .argument(1, is: 0x5413), why: "TIOCGWINSZ: how wide that is"),
    // Source: syslog(2): READ_ALL and SIZE_BUFFER; not READ_CLEAR, which would take the log from others.
    SystemCall("syslog", when: .argument(0, is: 3), why: "the kernel log"),
    SystemCall("syslog", when: .argument(0, is: 10), why: "the kernel log's size"),

    SystemCall("brk", why: "memory"),
    SystemCall(
      "mmap", when: .argument(2, without: PROT_EXEC), .argument(3, without: MAP_SHARED),
      why: "memory; nothing to run, and no device's registers"),
    SystemCall("mprotect", when: .argument(2, without: PROT_EXEC), why: "memory; nothing to run"),
    SystemCall("munmap", why: "memory"),
    SystemCall("mremap", why: "memory"),
    SystemCall("madvise", why: "memory"),

    SystemCall("clock_gettime", why: "when the host was asked"),
    SystemCall("gettimeofday", why: "the same, on old kernels"),
    SystemCall("getpid", why: "libc"),
    SystemCall("gettid", why: "libc"),
    SystemCall("getppid", why: "libc"),
    SystemCall("getuid", why: "who is asking"),
    SystemCall("geteuid", why: "who is asking"),
    SystemCall("getgid", why: "who is asking"),
    SystemCall("getegid", why: "who is asking"),
    SystemCall("uname", why: "libc and libpci"),
    SystemCall("sysinfo", why: "libc: how much memory may be taken at once"),
    SystemCall("prlimit64", when: .argumentIsNull(2), why: "libc: limits are read and not set"),
    SystemCall("getrlimit", why: "libc"),
    SystemCall("getrandom", why: "Swift: seeds of hash tables"),
    SystemCall("sched_getaffinity", why: "where we run, before a CPUID leaf of another processor is read"),
    SystemCall("sched_setaffinity", why: "running on that processor for one instruction"),
    SystemCall("sched_yield", why: "libc"),
    SystemCall("getcpu", why: "libc"),
    SystemCall("futex", why: "locks of Swift and libc"),
    SystemCall("rt_sigaction", why: "libc, at a crash"),
    SystemCall("rt_sigprocmask", why: "libc"),
    SystemCall("rt_sigreturn", why: "the end of a signal's handler"),
    SystemCall("sigaltstack", why: "libc, at a crash"),
    SystemCall(
      "tgkill", why: "libc: abort; nobody outside is reached where Landlock holds, and capabilities are gone"),
    SystemCall("restart_syscall", why: "a call that a stop interrupted"),
    SystemCall("exit", why: "the end"),
    SystemCall("exit_group", why: "the end"),
  ]

  /// Calls whose flags a filter cannot see: only where Landlock keeps the process from writing.
  static let fencedByLandlock: [SystemCall] = [
    SystemCall("openat2", why: "files below another root, without leaving it; else it is walked name by name")
  ]

  /// What the helper may call besides: it speaks to libvirt or to the secure processor.
  static let helper: [SystemCall] = [
    // Source: kernel include/uapi/linux/psp-sev.h, SEV_ISSUE_CMD. Which command is in memory, and fixed in CHost: 1 and 9.
    SystemCall(
      "ioctl", when: .argument(1, is: 0xC010_5300), why: "SEV_ISSUE_CMD: the secure processor's status"),
    SystemCall("socket", when: .argument(0, is: UInt64(AF_UNIX)), why: "libvirt's socket; no other family"),
    SystemCall("connect", why: "libvirt's socket"),
    SystemCall("getsockname", why: "libvirt's client"),
    SystemCall("getpeername", why: "libvirt's client"),
    SystemCall("getsockopt", why: "libvirt's client"),
    SystemCall("setsockopt", why: "libvirt's client"),
    SystemCall("shutdown", why: "libvirt's client"),
    SystemCall("pipe2", why: "libvirt's client: waking its own loop"),
    SystemCall("eventfd2", why: "libvirt's client: waking its own loop"),
    SystemCall("dup3", why: "libvirt's client"),
    SystemCall("ioctl", when: .argument(1, is: 0x5421), why: "FIONBIO, libvirt's client"),
    SystemCall("mmap", when: .argument(3, without: MAP_SHARED), why: "libraries that libvirt loads"),
    SystemCall("mprotect", why: "libraries that libvirt loads"),
    SystemCall("clone3", why: "libvirt's threads"),
    SystemCall("clone", when: .argument(0, is: threadFlags), why: "libvirt's threads, on older libcs"),
    SystemCall("set_robust_list", why: "libvirt's threads"),
    SystemCall("rseq", why: "libvirt's threads"),
    SystemCall("clock_nanosleep", why: "libvirt's client"),
    SystemCall("getresuid", why: "libvirt's client: who asks"),
    SystemCall("getresgid", why: "libvirt's client: who asks"),
    SystemCall("prctl", when: .argument(0, is: 15), why: "PR_SET_NAME, libvirt's threads"),
    SystemCall("umask", why: "libvirt's client"),
  ]

  /// Source: glibc sysdeps/unix/sysv/linux/createthread.c: VM, FS, FILES, SYSVSEM, SIGHAND, THREAD, SETTLS, PARENT_SETTID,
  /// CHILD_CLEARTID.
  private static let threadFlags: UInt64 = 0x3d_0f00

  /// What nothing here calls, ever: who does is not us any more.
  static let deadly = [
    "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "init_module",
    "finit_module",
    "delete_module", "kexec_load", "kexec_file_load", "reboot", "mount", "umount2", "move_mount", "open_tree",
    "fsopen",
    "pivot_root", "chroot", "setns", "unshare", "bpf", "perf_event_open", "userfaultfd", "iopl", "ioperm",
    "swapon", "swapoff",
    "settimeofday", "clock_settime", "adjtimex", "sethostname", "setdomainname", "setuid", "setgid",
    "setresuid", "setresgid",
    "capset", "add_key", "request_key", "keyctl", "acct", "quotactl", "mknod", "mknodat",
  ]
}
