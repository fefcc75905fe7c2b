package launch

import (
	"os"
	"syscall"
	"time"
)

// Others names, in a stop order, the processes nobody launched: those of the pods. Only the init
// process of a PID namespace has such.
const Others = "*"

const (
	groupGrace  = 2500 * time.Millisecond
	othersGrace = 2 * time.Second
	pollEvery   = 20 * time.Millisecond
)

// stop ends the groups in order and then whatever is left, politely first.
func (p *processes) stop(order [][]string) {
	for _, group := range append(order, []string{""}) {
		if len(group) == 1 && group[0] == Others {
			p.stopOthers()
			continue
		}
		var ending []*process
		for _, name := range group {
			ending = append(ending, p.named(name)...)
		}
		endAll(ending)
	}
}

func endAll(ending []*process) {
	for _, each := range ending {
		_ = syscall.Kill(each.pid, syscall.SIGTERM)
	}
	timeout := time.After(groupGrace)
	for _, each := range ending {
		select {
		case <-each.ended:
		case <-timeout:
			kill(ending)
			return
		}
	}
}

func kill(ending []*process) {
	for _, each := range ending {
		select {
		case <-each.ended:
		default:
			_ = syscall.Kill(each.pid, syscall.SIGKILL)
			<-each.ended
		}
	}
}

func (p *processes) stopOthers() {
	if os.Getpid() != 1 {
		return
	}
	deadline := time.Now().Add(othersGrace)
	for signal := syscall.SIGTERM; time.Now().Before(deadline); signal = 0 {
		left := p.others()
		if len(left) == 0 {
			return
		}
		for _, pid := range left {
			_ = syscall.Kill(pid, signal)
		}
		time.Sleep(pollEvery)
	}
}
