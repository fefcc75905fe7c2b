// Package podhook is the last network plugin of each pod: it holds the pod's start until the rules
// of its network policies are in force, and at first until whoever starts the cluster lets pods in.
package podhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"time"

	"bailiwick.dev/local-cluster/netpol"
)

// announceTimeout is how long a pod's start is held for its rules; then it fails and the kubelet tries again.
const announceTimeout = 10 * time.Second

// gateTimeout is how long a pod waits for the gate; then it starts. The kubelet gives a sandbox two minutes.
const gateTimeout = time.Minute

const gatePoll = 100 * time.Millisecond

// systemNamespace has the pods that others need, such as the name service: they do not wait for the gate.
const systemNamespace = "kube-system"

// CommandVariable is set when the container runtime calls the program as a network plugin; see the
// specification of the Container Network Interface, section 2.
const CommandVariable = "CNI_COMMAND"

type configuration struct {
	Version  string          `json:"cniVersion"`
	Previous json.RawMessage `json:"prevResult"`
	// Gate is a file whose existence lets pods start; pods start at once when it is empty.
	Gate string `json:"gate"`
}

type result struct {
	IPs []struct {
		Address string `json:"address"`
	} `json:"ips"`
}

// Run obeys the runtime's command. Failures are told in the form the specification asks for.
func Run(in io.Reader, out io.Writer) error {
	var given configuration
	if err := json.NewDecoder(in).Decode(&given); err != nil {
		return fail(out, given.Version, err)
	}
	switch os.Getenv(CommandVariable) {
	case "VERSION":
		supported := []string{"0.4.0", "1.0.0", "1.1.0"}
		return json.NewEncoder(out).Encode(map[string]any{"cniVersion": given.Version, "supportedVersions": supported})
	case "ADD":
		pod := podArguments(os.Getenv("CNI_ARGS"))
		if given.Gate != "" && pod["K8S_POD_NAMESPACE"] != systemNamespace {
			waitForGate(given.Gate, gateTimeout)
		}
		if err := announce(pod, given.Previous); err != nil {
			return fail(out, given.Version, err)
		}
		_, err := out.Write(given.Previous)
		return err
	}
	return nil
}

// waitForGate returns when the file exists, and after the timeout.
func waitForGate(gate string, timeout time.Duration) {
	for end := time.Now().Add(timeout); time.Now().Before(end); time.Sleep(gatePoll) {
		if _, err := os.Stat(gate); err == nil {
			return
		}
	}
}

func announce(pod map[string]string, previous json.RawMessage) error {
	var got result
	if err := json.Unmarshal(previous, &got); err != nil || len(got.IPs) == 0 {
		return errors.New("the plugin before this one gave no address")
	}
	prefix, err := netip.ParsePrefix(got.IPs[0].Address)
	if err != nil {
		return err
	}
	body, err := json.Marshal(netpol.Announcement{
		Namespace: pod["K8S_POD_NAMESPACE"], Name: pod["K8S_POD_NAME"], Address: prefix.Addr().String(),
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), announceTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://netpol/", bytes.NewReader(body))
	if err != nil {
		return err
	}
	answer, err := socketClient().Do(request)
	if err != nil {
		return fmt.Errorf("network policies are not enforced yet: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("network policies are not enforced: %s", answer.Status)
	}
	return nil
}

func socketClient() *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", netpol.Socket)
		},
	}}
}

// podArguments reads A=1;B=2.
func podArguments(text string) map[string]string {
	values := map[string]string{}
	for _, pair := range strings.Split(text, ";") {
		name, value, _ := strings.Cut(pair, "=")
		values[name] = value
	}
	return values
}

// fail reports to the runtime, which reads the reason from standard output.
func fail(out io.Writer, version string, reason error) error {
	const tryAgainLater = 11
	_ = json.NewEncoder(out).Encode(map[string]any{"cniVersion": version, "code": tryAgainLater, "msg": reason.Error()})
	return reason
}
