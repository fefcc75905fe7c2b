package isolation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// ownDirectories are empty in the cell at first: sockets, state and logs of Kubernetes go to fixed
// places in them, which would otherwise be the host's.
var ownDirectories = []string{"/run", "/var/lib", "/var/log"}

// furnish makes the mount namespace the cell's own: nothing mounted in it is seen by the host.
func furnish(keep []string) error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return err
	}
	kept, err := open(keep)
	if err != nil {
		return err
	}
	if err := syscall.Mount("proc", "/proc", "proc", syscall.MS_NOSUID|syscall.MS_NODEV|syscall.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("/proc: %w", err)
	}
	for _, directory := range ownDirectories {
		if err := mountOwn(directory); err != nil {
			return fmt.Errorf("%s: %w", directory, err)
		}
	}
	for path, file := range kept {
		if err := restore(path, file); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		file.Close()
	}
	// The kubelet needs a mount tree whose changes reach its containers.
	return syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_SHARED, "")
}

func open(paths []string) (map[string]*os.File, error) {
	files := map[string]*os.File{}
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		files[path] = file
	}
	return files, nil
}

func mountOwn(directory string) error {
	if _, err := os.Stat(directory); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return syscall.Mount("tmpfs", directory, "tmpfs", syscall.MS_NOSUID|syscall.MS_NODEV, "mode=0755")
}

// restore brings a path back that one of the cell's own directories has covered.
func restore(path string, file *os.File) error {
	if same, err := isSame(path, file); err != nil || same {
		return err
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	return syscall.Mount(fmt.Sprintf("/proc/self/fd/%d", file.Fd()), filepath.Clean(path), "", syscall.MS_BIND|syscall.MS_REC, "")
}

func isSame(path string, file *os.File) (bool, error) {
	before, err := file.Stat()
	if err != nil {
		return false, err
	}
	now, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(before, now), err
}
