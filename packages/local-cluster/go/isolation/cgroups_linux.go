package isolation

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	cgroupRoot = "/sys/fs/cgroup"
	// systemGroup holds the cluster's own processes, beside the groups of its pods.
	systemGroup = "system"
	// emptyWait bounds the wait for ended processes to leave their group.
	emptyWait = 3 * time.Second
)

// hierarchies are the mount points of all cgroup hierarchies: one with version 2, one for each
// controller with version 1.
func hierarchies() []string {
	if _, err := os.Stat(filepath.Join(cgroupRoot, "cgroup.controllers")); err == nil {
		return []string{cgroupRoot}
	}
	roots := []string{}
	entries, _ := os.ReadDir(cgroupRoot)
	for _, entry := range entries {
		root := filepath.Join(cgroupRoot, entry.Name())
		if _, err := os.Stat(filepath.Join(root, "cgroup.procs")); err == nil && entry.IsDir() {
			roots = append(roots, root)
		}
	}
	return roots
}

// makeCgroups makes the cell's group in every hierarchy and puts pid into it.
func makeCgroups(name string, pid int) error {
	for _, root := range hierarchies() {
		enableControllers(root)
		group := filepath.Join(root, name)
		system := filepath.Join(group, systemGroup)
		for _, directory := range []string{group, system} {
			if err := os.Mkdir(directory, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
				return err
			}
			if err := inheritCpuset(directory); err != nil {
				return err
			}
		}
		enableControllers(group)
		if err := os.WriteFile(filepath.Join(system, "cgroup.procs"), []byte(strconv.Itoa(pid)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// enableControllers passes all controllers of a version 2 group on to its children. What the
// kernel refuses stays off: the kubelet says what it misses.
func enableControllers(group string) {
	available, err := os.ReadFile(filepath.Join(group, "cgroup.controllers"))
	if err != nil {
		return
	}
	for _, controller := range strings.Fields(string(available)) {
		_ = os.WriteFile(filepath.Join(group, "cgroup.subtree_control"), []byte("+"+controller), 0o644)
	}
}

// inheritCpuset copies a version 1 parent's processors and memory nodes, without which a cpuset
// takes no process.
func inheritCpuset(directory string) error {
	for _, name := range []string{"cpuset.cpus", "cpuset.mems"} {
		parent, err := os.ReadFile(filepath.Join(filepath.Dir(directory), name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && !isVersion2(directory) {
			err = os.WriteFile(filepath.Join(directory, name), parent, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func isVersion2(directory string) bool {
	_, err := os.Stat(filepath.Join(directory, "cgroup.controllers"))
	return err == nil
}

// removeCgroups removes the group with everything below it.
func removeCgroups(name string) error {
	var failures []error
	for _, root := range hierarchies() {
		group := filepath.Join(root, name)
		deadline := time.Now().Add(emptyWait)
		err := removeGroup(group)
		for err != nil && time.Now().Before(deadline) {
			time.Sleep(50 * time.Millisecond)
			err = removeGroup(group)
		}
		failures = append(failures, err)
	}
	return errors.Join(failures...)
}

// removeGroup goes bottom-up: a cgroup directory is removed by rmdir alone, its files are not ours.
func removeGroup(group string) error {
	entries, err := os.ReadDir(group)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		if entry.IsDir() {
			if err := removeGroup(filepath.Join(group, entry.Name())); err != nil {
				return err
			}
		}
	}
	if err := os.Remove(group); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
