package isolation

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// farewell is how long the inside may take to end by itself once the supervisor is gone.
	farewell = 4 * time.Second
	// gateDescriptor is where the inside reads that its surroundings are complete.
	gateDescriptor = 3
)

// Run opens the cell, stays until its first process ends or SIGTERM arrives (the kernel sends it
// when the supervisor dies) and then removes what the cell had on the host, but for the routes that refuse packets to
// its addresses: others may still send some. It must be called from the main goroutine: the cell is tied to the life of
// its thread.
func Run(arguments []string) error {
	runtime.LockOSThread()
	layout, err := readLayout(arguments)
	if err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(syscall.SIGTERM), 0, 0, 0); err != nil {
		return err
	}
	signal.Ignore(syscall.SIGINT, syscall.SIGHUP)
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)

	if err := clean(layout); err != nil {
		return fmt.Errorf("leftovers of an earlier run cannot be removed: %w", err)
	}
	inside, gate, err := enter(arguments[0])
	if err != nil {
		return fmt.Errorf("namespaces: %w", err)
	}
	err = surround(layout, inside.Process.Pid)
	if err == nil {
		_, err = gate.Write([]byte{1})
	}
	gate.Close()
	if err != nil {
		_ = inside.Process.Kill()
		_ = inside.Wait()
	} else {
		err = await(inside, terminated)
	}
	return errors.Join(err, clean(layout))
}

// enter starts the program again as first process of new namespaces. It waits at the gate.
func enter(layoutFile string) (inside *exec.Cmd, gate *os.File, err error) {
	gateRead, gate, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer gateRead.Close()
	inside = exec.Command("/proc/self/exe", InsideCommand, layoutFile)
	inside.Stdin, inside.Stdout, inside.Stderr = os.Stdin, os.Stdout, os.Stderr
	inside.ExtraFiles = []*os.File{gateRead}
	inside.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID |
			syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
		Pdeathsig: syscall.SIGKILL,
		Setsid:    true,
	}
	return inside, gate, inside.Start()
}

// surround builds what the cell needs on the host.
func surround(layout Layout, pid int) error {
	if err := makeCgroups(layout.Cgroup, pid); err != nil {
		return fmt.Errorf("cgroup %s: %w", layout.Cgroup, err)
	}
	if err := holdRoutes(layout); err != nil {
		return err
	}
	if err := connect(layout, pid); err != nil {
		return fmt.Errorf("network link %s: %w", layout.Link, err)
	}
	if err := openFirewall(layout); err != nil {
		return fmt.Errorf("nftables table %s: %w", layout.Table, err)
	}
	return nil
}

func await(inside *exec.Cmd, terminated <-chan os.Signal) error {
	ended := make(chan error, 1)
	go func() { ended <- inside.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-terminated:
	}
	select {
	case <-ended:
	case <-time.After(farewell):
		_ = inside.Process.Kill()
		<-ended
	}
	return nil
}

// RunClean removes what a cell left on the host because its keeper was killed; with "release" as second argument also
// the routes that refuse packets to its addresses.
func RunClean(arguments []string) error {
	releases := len(arguments) == 2 && arguments[1] == "release"
	if releases {
		arguments = arguments[:1]
	}
	layout, err := readLayout(arguments)
	if err != nil {
		return err
	}
	if releases {
		return errors.Join(clean(layout), releaseRoutes(layout))
	}
	return clean(layout)
}

func clean(layout Layout) error {
	return errors.Join(closeFirewall(layout), disconnect(layout), removeCgroups(layout.Cgroup))
}
