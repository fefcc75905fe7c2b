package netpol

import (
	"net/netip"
	"sort"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// pod is one that has an address of its own.
type pod struct {
	*corev1.Pod
	address netip.Addr
}

type cluster struct {
	pods       []*pod
	namespaces map[string]labels.Set
}

func newCluster(pods []*corev1.Pod, namespaces []*corev1.Namespace) *cluster {
	c := &cluster{namespaces: map[string]labels.Set{}}
	for _, each := range pods {
		address, err := netip.ParseAddr(each.Status.PodIP)
		ended := each.Status.Phase == corev1.PodSucceeded || each.Status.Phase == corev1.PodFailed
		if err != nil || each.Spec.HostNetwork || ended {
			continue
		}
		c.pods = append(c.pods, &pod{Pod: each, address: address})
	}
	sort.Slice(c.pods, func(i, j int) bool { return c.pods[i].address.Less(c.pods[j].address) })
	for _, each := range namespaces {
		c.namespaces[each.Name] = each.Labels
	}
	return c
}

// peerGroup is an allowance together with the pods it stands for, whose port names it may need.
type peerGroup struct {
	Allowance
	pods []*pod
}

// peers resolves the other side of a rule. A rule without peers allows everybody.
func (c *cluster) peers(namespace string, wanted []networkingv1.NetworkPolicyPeer) []peerGroup {
	if len(wanted) == 0 {
		return []peerGroup{{pods: c.pods}}
	}
	var groups []peerGroup
	for _, peer := range wanted {
		group := c.peer(namespace, peer)
		// An empty list would read as everybody.
		if len(group.Peers) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

func (c *cluster) peer(namespace string, wanted networkingv1.NetworkPolicyPeer) peerGroup {
	if wanted.IPBlock != nil {
		return peerGroup{Allowance: Allowance{
			Peers:  prefixes(wanted.IPBlock.CIDR),
			Except: prefixes(wanted.IPBlock.Except...),
		}}
	}
	var group peerGroup
	for _, each := range c.pods {
		inNamespace := each.Namespace == namespace
		if wanted.NamespaceSelector != nil {
			found, known := c.namespaces[each.Namespace]
			inNamespace = known && matches(wanted.NamespaceSelector, found)
		}
		if inNamespace && (wanted.PodSelector == nil || matches(wanted.PodSelector, each.Labels)) {
			group.pods = append(group.pods, each)
			group.Peers = append(group.Peers, netip.PrefixFrom(each.address, each.address.BitLen()))
		}
	}
	return group
}

// prefixes leaves out IPv6, which the cluster's pods do not speak, and the API server checked the
// rest.
func prefixes(cidrs ...string) []netip.Prefix {
	var parsed []netip.Prefix
	for _, cidr := range cidrs {
		if prefix, err := netip.ParsePrefix(cidr); err == nil && prefix.Addr().Is4() {
			parsed = append(parsed, prefix.Masked())
		}
	}
	return parsed
}

// matches treats a selector that cannot be read as matching nothing.
func matches(selector *metav1.LabelSelector, set labels.Set) bool {
	parsed, err := metav1.LabelSelectorAsSelector(selector)
	return err == nil && parsed.Matches(set)
}
