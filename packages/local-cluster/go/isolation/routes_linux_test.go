package isolation

import (
	"errors"
	"net"
	"os"
	"runtime"
	"syscall"
	"testing"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

var testLayout = Layout{
	Link:        "bw-7",
	HostAddress: "10.255.7.1/30",
	NodeAddress: "10.255.7.2/30",
	Networks:    []string{"10.253.7.0/24", "10.254.7.0/24"},
}

// destinations are one address of each range.
var destinations = []string{"10.253.7.1", "10.254.7.9", "10.255.7.2"}

// inNewNetwork gives the test a network namespace of its own, with a way to everywhere else.
func inNewNetwork(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("a network namespace needs root")
	}
	// The thread keeps its namespace and ends with the test.
	runtime.LockOSThread()
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		t.Fatal(err)
	}
	addCable(t, "world", "192.168.77.1/24")
	gateway := net.ParseIP("192.168.77.2")
	if err := netlink.RouteAdd(&netlink.Route{Gw: gateway}); err != nil {
		t.Fatal(err)
	}
}

func addCable(t *testing.T, name, address string) *netlink.Veth {
	t.Helper()
	attributes := netlink.NewLinkAttrs()
	attributes.Name = name
	cable := &netlink.Veth{LinkAttrs: attributes, PeerName: name + "-peer"}
	if err := netlink.LinkAdd(cable); err != nil {
		t.Fatal(err)
	}
	if err := raise(name, address); err != nil {
		t.Fatal(err)
	}
	peer, err := netlink.LinkByName(name + "-peer")
	if err != nil {
		t.Fatal(err)
	}
	if err := netlink.LinkSetUp(peer); err != nil {
		t.Fatal(err)
	}
	return cable
}

// linkTo names the interface through which packets to an address leave.
func linkTo(t *testing.T, address string) (string, error) {
	t.Helper()
	routes, err := netlink.RouteGet(net.ParseIP(address))
	if err != nil {
		return "", err
	}
	link, err := netlink.LinkByIndex(routes[0].LinkIndex)
	if err != nil {
		t.Fatal(err)
	}
	return link.Attrs().Name, nil
}

func TestPacketsToTheCellNeverLeaveTheMachine(t *testing.T) {
	inNewNetwork(t)
	check := func(when string, cable bool) {
		t.Helper()
		for _, address := range destinations {
			link, err := linkTo(t, address)
			if cable && link != testLayout.Link {
				t.Errorf("%s: %s is reached through %q (%v)", when, address, link, err)
			}
			if !cable && !errors.Is(err, syscall.EHOSTUNREACH) {
				t.Errorf("%s: %s is reached through %q (%v)", when, address, link, err)
			}
		}
	}
	if err := holdRoutes(testLayout); err != nil {
		t.Fatal(err)
	}
	check("before the cable", false)
	cable := addCable(t, testLayout.Link, testLayout.HostAddress)
	if err := routeThrough(cable, testLayout); err != nil {
		t.Fatal(err)
	}
	check("with the cable", true)
	if err := netlink.LinkDel(cable); err != nil {
		t.Fatal(err)
	}
	check("after the cable was torn", false)
	if err := holdRoutes(testLayout); err != nil {
		t.Fatalf("holding again: %v", err)
	}
	for range 2 {
		if err := releaseRoutes(testLayout); err != nil {
			t.Fatal(err)
		}
	}
	for _, address := range destinations {
		if link, err := linkTo(t, address); link != "world" {
			t.Errorf("released: %s is reached through %q (%v)", address, link, err)
		}
	}
}
