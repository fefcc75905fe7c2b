package launch

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// followSupervisor asks the kernel for SIGTERM when the supervisor dies. The init process of a
// namespace needs none: its own parent does that for it.
func followSupervisor() {
	if os.Getpid() == 1 {
		return
	}
	_ = unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(syscall.SIGTERM), 0, 0, 0)
}

// childAttributes make a child die with the launcher and keep terminal signals away from it.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}
