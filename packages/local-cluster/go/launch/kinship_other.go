//go:build !linux

package launch

import "syscall"

// followSupervisor has no kernel support here; the end of standard input does the same.
func followSupervisor() {}

// childAttributes keep terminal signals away from a child.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true}
}
