package isolation

import (
	"fmt"
	"os"
	"syscall"

	"bailiwick.dev/local-cluster/launch"
)

// openFiles is the limit that containerd and etcd like to have.
const openFiles = 1 << 20

// RunInside is the cell's first process: it completes the namespaces and then launches what the
// supervisor asks for.
func RunInside(arguments []string) error {
	layout, err := readLayout(arguments)
	if err != nil {
		return err
	}
	gate := os.NewFile(gateDescriptor, "gate")
	if read, _ := gate.Read(make([]byte, 1)); read != 1 {
		return fmt.Errorf("the host's side of the cell was not completed")
	}
	gate.Close()
	if err := furnish(layout.Keep); err != nil {
		return fmt.Errorf("mounts: %w", err)
	}
	if err := syscall.Sethostname([]byte(layout.Hostname)); err != nil {
		return err
	}
	if err := connectInside(layout); err != nil {
		return fmt.Errorf("network: %w", err)
	}
	if err := raiseOpenFiles(); err != nil {
		return fmt.Errorf("limit of open files: %w", err)
	}
	return launch.Run(os.Stdin, os.Stdout)
}

// raiseOpenFiles goes as far as the hard limit, and beyond where this process may.
func raiseOpenFiles() error {
	wanted := syscall.Rlimit{Cur: openFiles, Max: openFiles}
	if syscall.Setrlimit(syscall.RLIMIT_NOFILE, &wanted) == nil {
		return nil
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	limit.Cur = limit.Max
	return syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)
}
