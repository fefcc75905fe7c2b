package launch

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
)

// others lists the PIDs that are neither ours nor a container shim; a shim ends by itself with
// the container it holds.
func (p *processes) others() []int {
	directories, _ := filepath.Glob("/proc/[0-9]*")
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var found []int
	for _, directory := range directories {
		pid, err := strconv.Atoi(filepath.Base(directory))
		if err != nil || pid == os.Getpid() || p.running[pid] != nil {
			continue
		}
		command, err := os.ReadFile(filepath.Join(directory, "comm"))
		if err != nil || bytes.HasPrefix(command, []byte("containerd-shim")) {
			continue
		}
		found = append(found, pid)
	}
	return found
}
