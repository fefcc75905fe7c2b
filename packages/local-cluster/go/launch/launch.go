package launch

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

// Run obeys commands from in until it is told to stop, in ends, or SIGTERM arrives; events go to
// out. It must be called from the main goroutine: children are tied to the life of its thread.
func Run(in io.Reader, out io.Writer) error {
	runtime.LockOSThread()
	followSupervisor()
	// Ctrl-C on a terminal is the supervisor's to answer.
	signal.Ignore(syscall.SIGINT, syscall.SIGHUP)
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)

	launched := newProcesses(json.NewEncoder(out))
	go launched.reap()
	launched.tell(Event{Event: "ready", Pid: os.Getpid()})

	commands := make(chan Command)
	broken := make(chan error, 1)
	go readCommands(in, commands, broken)
	for {
		select {
		case command := <-commands:
			if done := launched.obey(command); done {
				return nil
			}
		case err := <-broken:
			launched.stop(nil)
			return err
		case <-terminated:
			launched.stop(nil)
			return nil
		}
	}
}

// readCommands reports nil when the supervisor closed its end.
func readCommands(in io.Reader, commands chan<- Command, broken chan<- error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64*1024), 1024*1024)
	for lines.Scan() {
		var command Command
		if err := json.Unmarshal(lines.Bytes(), &command); err != nil {
			broken <- fmt.Errorf("a command is not valid JSON: %w", err)
			return
		}
		commands <- command
	}
	broken <- lines.Err()
}

// obey carries out one command and says whether it was the last.
func (p *processes) obey(command Command) bool {
	switch command.Do {
	case "start":
		if err := p.start(command); err != nil {
			p.tell(Event{Event: "failed", Name: command.Name, Message: err.Error()})
		}
	case "signal":
		p.signal(command.Name, syscall.Signal(command.Signal))
	case "stop":
		p.stop(command.Order)
		p.tell(Event{Event: "stopped"})
		return true
	default:
		p.tell(Event{Event: "failed", Name: command.Name, Message: "unknown command " + command.Do})
	}
	return false
}
