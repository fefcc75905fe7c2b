package launch

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
)

type process struct {
	name string
	pid  int
	// ended is closed once the process was reaped.
	ended chan struct{}
}

// processes are the running ones by PID. One mutex covers fork and registration, so that the
// reaper never meets a PID it does not know yet.
type processes struct {
	mutex   sync.Mutex
	running map[int]*process
	// forked wakes the reaper when there is something to wait for again.
	forked *sync.Cond
	events sync.Mutex
	out    *json.Encoder
}

func newProcesses(out *json.Encoder) *processes {
	p := &processes{running: map[int]*process{}, out: out}
	p.forked = sync.NewCond(&p.mutex)
	return p
}

// tell ignores write errors: a supervisor that is gone is noticed at the reading end.
func (p *processes) tell(event Event) {
	p.events.Lock()
	defer p.events.Unlock()
	_ = p.out.Encode(event)
}

func (p *processes) start(command Command) error {
	log, err := os.OpenFile(command.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return fmt.Errorf("log file: %w", err)
	}
	defer log.Close()
	nothing, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	defer nothing.Close()

	p.mutex.Lock()
	defer p.mutex.Unlock()
	pid, err := syscall.ForkExec(command.Path, append([]string{command.Path}, command.Arguments...), &syscall.ProcAttr{
		Dir:   command.Directory,
		Env:   append(os.Environ(), command.Environment...),
		Files: []uintptr{nothing.Fd(), log.Fd(), log.Fd()},
		Sys:   childAttributes(),
	})
	if err != nil {
		return fmt.Errorf("%s does not start: %w", command.Path, err)
	}
	p.running[pid] = &process{name: command.Name, pid: pid, ended: make(chan struct{})}
	p.forked.Signal()
	p.tell(Event{Event: "started", Name: command.Name, Pid: pid})
	return nil
}

// reap collects every child that ends, orphans of the namespace included, and reports ours.
func (p *processes) reap() {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if errors.Is(err, syscall.ECHILD) {
			p.waitForChild()
			continue
		}
		if err != nil {
			continue
		}
		p.mutex.Lock()
		ended, ours := p.running[pid]
		delete(p.running, pid)
		p.mutex.Unlock()
		if ours {
			p.tell(Event{Event: "exited", Name: ended.name, Pid: pid, Code: exitCode(status)})
			close(ended.ended)
		}
	}
}

func (p *processes) waitForChild() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for len(p.running) == 0 {
		p.forked.Wait()
	}
}

func (p *processes) signal(name string, signal syscall.Signal) {
	for _, each := range p.named(name) {
		_ = syscall.Kill(each.pid, signal)
	}
}

// named returns the running processes of that name; all of them for an empty name.
func (p *processes) named(name string) []*process {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var found []*process
	for _, each := range p.running {
		if name == "" || each.name == name {
			found = append(found, each)
		}
	}
	return found
}

func exitCode(status syscall.WaitStatus) int {
	if status.Signaled() {
		return 128 + int(status.Signal())
	}
	return status.ExitStatus()
}
