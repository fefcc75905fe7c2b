package netpol

import (
	"net/netip"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// portsOf resolves a rule's ports on the pod that serves them. It gives nil for every port, and
// says false when the rule names ports but this pod has none of them.
func portsOf(wanted []networkingv1.NetworkPolicyPort, server *pod) (ports []PortRange, some bool) {
	if len(wanted) == 0 {
		return nil, true
	}
	for _, each := range wanted {
		ports = append(ports, resolve(each, server)...)
	}
	return ports, len(ports) > 0
}

// withPorts splits the group where port names mean different numbers for different pods.
func (g peerGroup) withPorts(wanted []networkingv1.NetworkPolicyPort) []Allowance {
	if !hasNames(wanted) {
		g.Ports, _ = portsOf(wanted, nil)
		return []Allowance{g.Allowance}
	}
	var allowances []Allowance
	if ports, some := portsOf(wanted, nil); some {
		g.Ports = ports
		allowances = append(allowances, g.Allowance)
	}
	for _, each := range g.pods {
		if ports, some := portsOf(wanted, each); some {
			address := netip.PrefixFrom(each.address, each.address.BitLen())
			allowances = append(allowances, Allowance{Peers: []netip.Prefix{address}, Ports: ports})
		}
	}
	return allowances
}

func hasNames(wanted []networkingv1.NetworkPolicyPort) bool {
	for _, each := range wanted {
		if each.Port != nil && each.Port.Type == intstr.String {
			return true
		}
	}
	return false
}

// resolve gives nothing for a name that the pod, or no pod at all, does not have.
func resolve(wanted networkingv1.NetworkPolicyPort, server *pod) []PortRange {
	protocol := corev1.ProtocolTCP
	if wanted.Protocol != nil {
		protocol = *wanted.Protocol
	}
	if wanted.Port == nil {
		return []PortRange{{Protocol: protocol}}
	}
	if wanted.Port.Type == intstr.Int {
		first := uint16(wanted.Port.IntVal)
		last := first
		if wanted.EndPort != nil {
			last = uint16(*wanted.EndPort)
		}
		return []PortRange{{Protocol: protocol, First: first, Last: last}}
	}
	if server == nil {
		return nil
	}
	var ports []PortRange
	for _, port := range containerPorts(server.Pod) {
		if port.Name == wanted.Port.StrVal && orTCP(port.Protocol) == protocol {
			number := uint16(port.ContainerPort)
			ports = append(ports, PortRange{Protocol: protocol, First: number, Last: number})
		}
	}
	return ports
}

// containerPorts include those of sidecars, which are init containers that stay.
func containerPorts(server *corev1.Pod) []corev1.ContainerPort {
	var ports []corev1.ContainerPort
	for _, container := range append(server.Spec.InitContainers[:len(server.Spec.InitContainers):len(server.Spec.InitContainers)], server.Spec.Containers...) {
		ports = append(ports, container.Ports...)
	}
	return ports
}

func orTCP(protocol corev1.Protocol) corev1.Protocol {
	if protocol == "" {
		return corev1.ProtocolTCP
	}
	return protocol
}
