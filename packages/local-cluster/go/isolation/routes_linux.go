package isolation

import (
	"errors"
	"fmt"
	"net"
	"syscall"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// lastResort is the metric of routes that count only while there is no cable.
const lastResort = 1 << 20

// holdRoutes makes the host refuse packets to the cell's addresses while the cable is missing. Otherwise they would
// follow the host's default route, and calls meant for pods would leave the machine.
func holdRoutes(layout Layout) error {
	return eachHeldRoute(layout, netlink.RouteReplace)
}

// releaseRoutes also succeeds when there are no such routes.
func releaseRoutes(layout Layout) error {
	return eachHeldRoute(layout, func(route *netlink.Route) error {
		if err := netlink.RouteDel(route); !errors.Is(err, syscall.ESRCH) {
			return err
		}
		return nil
	})
}

func eachHeldRoute(layout Layout, act func(*netlink.Route) error) error {
	for _, cidr := range append([]string{layout.NodeAddress}, layout.Networks...) {
		_, network, err := net.ParseCIDR(cidr)
		if err != nil {
			return err
		}
		route := &netlink.Route{Dst: network, Type: unix.RTN_UNREACHABLE, Priority: lastResort}
		if err := act(route); err != nil {
			return fmt.Errorf("route that refuses %s: %w", cidr, err)
		}
	}
	return nil
}
