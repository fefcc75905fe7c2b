package podhook

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestWaitForGate(t *testing.T) {
	gate := filepath.Join(t.TempDir(), "pods-may-start")
	returned := make(chan struct{})
	go func() {
		waitForGate(gate, time.Minute)
		close(returned)
	}()
	select {
	case <-returned:
		t.Fatal("the gate was passed before it was open")
	case <-time.After(3 * gatePoll):
	}
	if err := os.WriteFile(gate, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	<-returned
}

func TestWaitForGateEnds(t *testing.T) {
	waitForGate(filepath.Join(t.TempDir(), "never"), 2*gatePoll)
}
