package isolation

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/vishvananda/netlink"
)

const (
	// uplink is the cell's end of the cable.
	uplink         = "uplink"
	forwardingFile = "/proc/sys/net/ipv4/ip_forward"
	// forwardingMark exists while forwarding is on only because of cells.
	forwardingMark = "/run/bailiwick-forwarding"
	linkPrefix     = "bw-"
)

// connect lays the cable between the host and the namespace of pid.
func connect(layout Layout, pid int) error {
	attributes := netlink.NewLinkAttrs()
	attributes.Name = layout.Link
	cable := &netlink.Veth{LinkAttrs: attributes, PeerName: uplink, PeerNamespace: netlink.NsPid(pid)}
	if err := netlink.LinkAdd(cable); err != nil {
		return err
	}
	if err := raise(layout.Link, layout.HostAddress); err != nil {
		return err
	}
	if err := routeThrough(cable, layout); err != nil {
		return err
	}
	return forward()
}

// routeThrough sends packets to pods and services through the cable.
func routeThrough(cable netlink.Link, layout Layout) error {
	node, _, err := net.ParseCIDR(layout.NodeAddress)
	if err != nil {
		return err
	}
	for _, cidr := range layout.Networks {
		_, network, err := net.ParseCIDR(cidr)
		if err != nil {
			return err
		}
		route := &netlink.Route{Dst: network, Gw: node, LinkIndex: cable.Attrs().Index}
		if err := netlink.RouteReplace(route); err != nil {
			return fmt.Errorf("route to %s: %w", cidr, err)
		}
	}
	return nil
}

// raise gives an interface its address and switches it on.
func raise(name, address string) error {
	link, err := netlink.LinkByName(name)
	if err != nil {
		return err
	}
	parsed, err := netlink.ParseAddr(address)
	if err != nil {
		return err
	}
	if err := netlink.AddrReplace(link, parsed); err != nil {
		return err
	}
	return netlink.LinkSetUp(link)
}

// forward lets the host pass packets between the cell and the world, and remembers if it had not.
func forward() error {
	before, err := os.ReadFile(forwardingFile)
	if err != nil || strings.TrimSpace(string(before)) == "1" {
		return err
	}
	if err := os.WriteFile(forwardingMark, nil, 0o600); err != nil {
		return err
	}
	return os.WriteFile(forwardingFile, []byte("1"), 0o644)
}

// disconnect removes the cable; the kernel removes addresses and routes with it. The last cell
// switches forwarding off again if it was off before the first.
func disconnect(layout Layout) error {
	var absent netlink.LinkNotFoundError
	link, err := netlink.LinkByName(layout.Link)
	if err == nil {
		err = netlink.LinkDel(link)
	}
	if err != nil && !errors.As(err, &absent) {
		return err
	}
	links, err := netlink.LinkList()
	if err != nil {
		return err
	}
	for _, each := range links {
		if strings.HasPrefix(each.Attrs().Name, linkPrefix) {
			return nil
		}
	}
	if os.Remove(forwardingMark) != nil {
		return nil
	}
	return os.WriteFile(forwardingFile, []byte("0"), 0o644)
}

// connectInside configures the cell's side: loopback, the cable and the way out.
func connectInside(layout Layout) error {
	loopback, err := netlink.LinkByName("lo")
	if err != nil {
		return err
	}
	if err := netlink.LinkSetUp(loopback); err != nil {
		return err
	}
	if err := raise(uplink, layout.NodeAddress); err != nil {
		return err
	}
	gateway, _, err := net.ParseCIDR(layout.HostAddress)
	if err != nil {
		return err
	}
	if err := netlink.RouteReplace(&netlink.Route{Gw: gateway}); err != nil {
		return fmt.Errorf("default route: %w", err)
	}
	return os.WriteFile(forwardingFile, []byte("1"), 0o644)
}
