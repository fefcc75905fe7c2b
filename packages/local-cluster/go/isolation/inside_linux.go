package isolation

import (
	"fmt"
	"os"
	"syscall"

	"bailiwick.dev/local-cluster/launch"
)

// openFiles is the limit containerd and etcd ask for.
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
	limit := &syscall.Rlimit{Cur: openFiles, Max: openFiles}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, limit); err != nil {
		return fmt.Errorf("limit of open files: %w", err)
	}
	return launch.Run(os.Stdin, os.Stdout)
}
