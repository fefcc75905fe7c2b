// Package isolation gives a local cluster a cell of its own: network, mount, PID, IPC and host name
// namespaces, a cgroup, and one virtual cable to the host. Nothing in it outlives its first
// process: when that ends, the kernel takes every process, mount, interface and rule with it.
package isolation

import (
	"encoding/json"
	"fmt"
	"os"
)

// InsideCommand is the argument by which the program calls itself inside the new namespaces.
const InsideCommand = "inside"

// Layout is everything that tells one cell from another.
type Layout struct {
	// Hostname is the cell's own host name.
	Hostname string `json:"hostname"`
	// Link is the host's end of the cable, at most 15 characters.
	Link string `json:"link"`
	// HostAddress and NodeAddress are the two ends' addresses with prefix length.
	HostAddress string `json:"hostAddress"`
	NodeAddress string `json:"nodeAddress"`
	// Networks are what the host reaches through the cable: pods and services, in CIDR form.
	Networks []string `json:"networks"`
	// Table is the host's nftables table, and Cgroup the group under each hierarchy's root.
	Table  string `json:"table"`
	Cgroup string `json:"cgroup"`
	// Keep are paths that stay visible although the cell has its own /run, /var/lib and /var/log.
	Keep []string `json:"keep"`
}

func readLayout(arguments []string) (Layout, error) {
	var layout Layout
	if len(arguments) != 1 {
		return layout, fmt.Errorf("expected the layout file, got %d arguments", len(arguments))
	}
	content, err := os.ReadFile(arguments[0])
	if err != nil {
		return layout, err
	}
	if err := json.Unmarshal(content, &layout); err != nil {
		return layout, fmt.Errorf("%s: %w", arguments[0], err)
	}
	return layout, nil
}
