// Package netpol enforces networking.k8s.io/v1 NetworkPolicy for the pods of one node: it watches
// pods, namespaces and policies, computes what each selected pod may exchange with whom, and keeps
// one nftables table that says so.
package netpol

import (
	"net/netip"
	"sort"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// Ruleset holds every pod that at least one policy selects.
type Ruleset []PodRules

// PodRules are the limits of one pod. A nil direction is not limited.
type PodRules struct {
	// Pod is namespace/name, for people.
	Pod     string
	Address netip.Addr
	Ingress *Direction
	Egress  *Direction
}

// Direction allows what any of its allowances matches, and nothing else.
type Direction struct {
	Allow []Allowance
}

// Allowance matches connections with one of the peers on one of the ports.
type Allowance struct {
	// Peers are addresses of the other side; nil matches every address.
	Peers []netip.Prefix
	// Except are addresses that Peers do not cover after all.
	Except []netip.Prefix
	// Ports are nil for every port of every protocol.
	Ports []PortRange
}

// PortRange is a protocol with ports from First to Last. First 0 matches every port.
type PortRange struct {
	Protocol    corev1.Protocol
	First, Last uint16
}

// Compute derives the rules from the whole state of a cluster. Equal input gives equal output.
func Compute(pods []*corev1.Pod, namespaces []*corev1.Namespace, policies []*networkingv1.NetworkPolicy) Ruleset {
	c := newCluster(pods, namespaces)
	sort.Slice(policies, func(i, j int) bool {
		a, b := policies[i], policies[j]
		return a.Namespace+"/"+a.Name < b.Namespace+"/"+b.Name
	})
	var rules Ruleset
	for _, each := range c.pods {
		selected := PodRules{Pod: each.Namespace + "/" + each.Name, Address: each.address}
		for _, policy := range policies {
			if policy.Namespace != each.Namespace || !matches(&policy.Spec.PodSelector, each.Labels) {
				continue
			}
			ingress, egress := directions(policy)
			if ingress {
				selected.Ingress = c.addIngress(selected.Ingress, each, policy)
			}
			if egress {
				selected.Egress = c.addEgress(selected.Egress, policy)
			}
		}
		if selected.Ingress != nil || selected.Egress != nil {
			rules = append(rules, selected)
		}
	}
	return rules
}

// directions says what a policy limits, with the defaults of the API for one that does not say.
func directions(policy *networkingv1.NetworkPolicy) (ingress, egress bool) {
	if len(policy.Spec.PolicyTypes) == 0 {
		return true, len(policy.Spec.Egress) > 0
	}
	for _, each := range policy.Spec.PolicyTypes {
		ingress = ingress || each == networkingv1.PolicyTypeIngress
		egress = egress || each == networkingv1.PolicyTypeEgress
	}
	return ingress, egress
}

func (c *cluster) addIngress(direction *Direction, target *pod, policy *networkingv1.NetworkPolicy) *Direction {
	if direction == nil {
		direction = &Direction{}
	}
	for _, rule := range policy.Spec.Ingress {
		ports, some := portsOf(rule.Ports, target)
		if !some {
			continue
		}
		for _, allowance := range c.peers(policy.Namespace, rule.From) {
			allowance.Ports = ports
			direction.Allow = append(direction.Allow, allowance.Allowance)
		}
	}
	return direction
}

func (c *cluster) addEgress(direction *Direction, policy *networkingv1.NetworkPolicy) *Direction {
	if direction == nil {
		direction = &Direction{}
	}
	for _, rule := range policy.Spec.Egress {
		for _, peers := range c.peers(policy.Namespace, rule.To) {
			direction.Allow = append(direction.Allow, peers.withPorts(rule.Ports)...)
		}
	}
	return direction
}
